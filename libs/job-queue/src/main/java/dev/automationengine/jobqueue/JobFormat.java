package dev.automationengine.jobqueue;

import dev.automationengine.model.id.JobId;
import dev.automationengine.model.id.OrgId;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** How jobs are told to the scripts and read from them; the scripts' headers are the other half. */
final class JobFormat {
    private static final int CLAIMED_FIELDS = 8;

    private JobFormat() {}

    /** What enqueue.lua takes per job. */
    static List<String> added(NewJob job) {
        Instant due = job.dueAt();
        String limitKey = job.limitKey();
        return List.of(
                job.org().value(),
                job.id().value(),
                Integer.toString(job.priority()),
                due == null ? "0" : Long.toString(due.toEpochMilli()),
                Integer.toString(job.attempt()),
                Long.toString(job.fenceFloor()),
                job.rescued() ? "1" : "0",
                limitKey == null ? "" : limitKey,
                job.payload());
    }

    /** What proves to a script that the caller holds a job. */
    static List<String> proof(ClaimedJob job) {
        return List.of(job.id().value(), Long.toString(job.fence()));
    }

    /** What complete.lua takes per job. */
    static List<String> completed(ClaimedJob job) {
        return List.of(job.id().value(), Long.toString(job.fence()), job.org().value());
    }

    /** What later.lua takes per job. */
    static List<String> later(Later later) {
        return List.of(
                later.job().id().value(),
                Long.toString(later.job().fence()),
                Long.toString(later.dueAt().toEpochMilli()));
    }

    /** What claim.lua gives. */
    static List<ClaimedJob> claimed(List<String> output) {
        if (output.isEmpty()) {
            return List.of();
        }
        Instant leaseUntil = Instant.ofEpochMilli(Long.parseLong(output.getFirst()));
        return IntStream.iterate(1, at -> at < output.size(), at -> at + CLAIMED_FIELDS)
                .mapToObj(at -> new ClaimedJob(
                        JobId.parse(output.get(at)),
                        new OrgId(output.get(at + 1)),
                        Long.parseLong(output.get(at + 2)),
                        Integer.parseInt(output.get(at + 3)),
                        "1".equals(output.get(at + 4)),
                        Integer.parseInt(output.get(at + 5)),
                        output.get(at + 6).isEmpty() ? null : output.get(at + 6),
                        output.get(at + 7),
                        leaseUntil))
                .toList();
    }
}
