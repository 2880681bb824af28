package dev.automationengine.benchmarks.queue;

import dev.automationengine.jobqueue.NewJob;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.JobId;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.StepId;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** Jobs as long as real ones: ids of the usual length, a reference of the usual size. */
final class BenchJobs {
    private static final StepId STEP = new StepId("step_2");
    private static final String PAYLOAD =
            "{\"workflow_id\":\"wf_06h0dnna46qf6vw7d7p9svjf90\",\"action\":\"CRM_INSERT\","
                    + "\"traceparent\":\"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\"}";

    private final AtomicLong next = new AtomicLong();

    static List<OrgId> organizations(int count) {
        return IntStream.range(0, count).mapToObj(i -> OrgId.random()).toList();
    }

    NewJob job(OrgId org) {
        ExecutionId execution = new ExecutionId(String.format("exec_%026d", next.getAndIncrement()));
        return new NewJob(new JobId(execution, STEP, 1), org, NewJob.NORMAL, null, 1, 0, false, null, PAYLOAD);
    }

    List<NewJob> of(OrgId org, int count) {
        return IntStream.range(0, count).mapToObj(i -> job(org)).toList();
    }

    /** One job of each of several organizations, from a place in the list. */
    List<NewJob> across(List<OrgId> organizations, int from, int count) {
        return IntStream.range(from, from + count)
                .mapToObj(i -> job(organizations.get(Math.floorMod(i, organizations.size()))))
                .toList();
    }
}
