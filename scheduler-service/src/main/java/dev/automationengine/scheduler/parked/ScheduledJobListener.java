package dev.automationengine.scheduler.parked;

import dev.automationengine.kit.kafka.FactReader;
import dev.automationengine.kit.kafka.Received;
import dev.automationengine.model.execution.ScheduledJob;
import dev.automationengine.model.id.JobId;
import dev.automationengine.model.topic.Topic;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Parks jobs, a batch at a time. The batch is committed when MongoDB has it; that it may come again changes nothing. */
@Component
class ScheduledJobListener {
    private final FactReader reader;
    private final ParkedJobs parked;
    private final Counter counter;

    ScheduledJobListener(FactReader reader, ParkedJobs parked, MeterRegistry meters) {
        this.reader = reader;
        this.parked = parked;
        this.counter = ParkedMetrics.event(meters, "parked");
    }

    @KafkaListener(topics = Topic.Name.SCHEDULED_JOBS, groupId = "scheduler-scheduled-jobs")
    void onScheduledJobs(List<ConsumerRecord<String, byte[]>> batch) {
        Map<JobId, ScheduledJob> latest = new HashMap<>();
        for (Received<ScheduledJob> received : reader.read(batch, ScheduledJob.class)) {
            ScheduledJob job = received.value();
            latest.merge(job.jobId(), job, (a, b) -> a.attempt() >= b.attempt() ? a : b);
        }
        parked.put(latest.values());
        counter.increment(latest.size());
    }
}
