import { Configuration, ExecutionsApi, WorkflowsApi } from "automation-engine-client";

export async function names(): Promise<Array<string | undefined>> {
  const configuration = new Configuration({ basePath: "https://engine.example", accessToken: "ae_..." });
  const page = await new WorkflowsApi(configuration).listWorkflows({ limit: 10, label: ["team:sales"] });
  const runs = await new ExecutionsApi(configuration).listExecutions({ from: new Date() });
  return (page.items ?? []).map((workflow) => workflow.name).concat((runs.items ?? []).map((run) => run.workflowName));
}
