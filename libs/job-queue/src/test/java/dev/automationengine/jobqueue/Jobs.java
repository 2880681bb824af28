package dev.automationengine.jobqueue;

import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.JobId;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.StepId;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Jobs for tests. */
final class Jobs {
    static final OrgId BIG = new OrgId("org_big");
    static final OrgId SMALL = new OrgId("org_small");

    private Jobs() {}

    static NewJob job(OrgId org, String name) {
        return job(org, name, NewJob.NORMAL, null);
    }

    static NewJob job(OrgId org, String name, int priority, @Nullable Instant dueAt) {
        return new NewJob(id(name), org, priority, dueAt, 1, 0, false, null, "payload of " + name);
    }

    static NewJob limited(OrgId org, String name, String limitKey) {
        return new NewJob(id(name), org, NewJob.NORMAL, null, 1, 0, false, limitKey, "payload of " + name);
    }

    static List<NewJob> limited(OrgId org, String name, int count, String limitKey) {
        return IntStream.range(0, count)
                .mapToObj(i -> limited(org, name + i, limitKey))
                .toList();
    }

    static List<NewJob> jobs(OrgId org, String name, int count) {
        return IntStream.range(0, count).mapToObj(i -> job(org, name + i)).toList();
    }

    static JobId id(String name) {
        return new JobId(new ExecutionId("exec_" + name), new StepId("step_1"), 1);
    }
}
