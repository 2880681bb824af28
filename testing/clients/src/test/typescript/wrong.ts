import { Configuration, WorkflowsApi } from "automation-engine-client";

// A status is no number of milliseconds, and there is no such operation.
export async function mistakes(): Promise<number> {
  const workflows = new WorkflowsApi(new Configuration());
  await workflows.paintWorkflow();
  const page = await workflows.listWorkflows({ limit: "many" });
  return page.items;
}
