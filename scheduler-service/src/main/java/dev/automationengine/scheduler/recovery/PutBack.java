package dev.automationengine.scheduler.recovery;

import dev.automationengine.jobqueue.JobQueue;
import dev.automationengine.jobqueue.NewJob;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Gives the queue what it lacks. It refuses a job that it has, so any number of replicas may do it, at any time. */
@Component
class PutBack {
    private static final Logger log = LoggerFactory.getLogger(PutBack.class);
    private static final int MOST_NAMED = 20;

    private final JobQueue queue;
    private final Counter rebuilt;

    PutBack(JobQueue queue, MeterRegistry meters) {
        this.queue = queue;
        this.rebuilt = Counter.builder("engine.queue.rebuilt")
                .description("Jobs put back that Redis had lost")
                .register(meters);
    }

    /**
     * Queues jobs that should be there.
     *
     * @return how many were missing
     */
    int putBack(List<NewJob> jobs) {
        int missing = jobs.isEmpty() ? 0 : queue.enqueue(jobs);
        if (missing > 0) {
            rebuilt.increment(missing);
            if (missing == jobs.size() && missing <= MOST_NAMED) {
                jobs.forEach(PutBack::tell);
            }
        }
        return missing;
    }

    private static void tell(NewJob job) {
        log.atWarn()
                .addKeyValue("org_id", job.org())
                .addKeyValue("execution_id", job.id().execution())
                .addKeyValue("step_id", job.id().step())
                .log("A job was missing in Redis and is queued again");
    }
}
