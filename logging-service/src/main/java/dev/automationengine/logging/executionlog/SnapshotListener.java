package dev.automationengine.logging.executionlog;

import dev.automationengine.kit.kafka.FactReader;
import dev.automationengine.kit.kafka.Received;
import dev.automationengine.kit.privacy.SubjectIndex;
import dev.automationengine.kit.retention.Kept;
import dev.automationengine.kit.retention.Retentions;
import dev.automationengine.model.execution.ExecutionSnapshot;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.topic.Topic;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.bson.Document;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/**
 * Writes snapshots of executions into the log, a batch at a time. The batch is committed when MongoDB has it; that it
 * may come again changes nothing, since the higher revision stays.
 */
@Component
class SnapshotListener {
    private final FactReader reader;
    private final PayloadCap cap;
    private final LogDocuments documents;
    private final ExecutionLogWriter writer;
    private final SubjectIndex subjects;
    private final Retentions retentions;
    private final ExecutionLogProperties properties;
    private final InstantSource clock;
    private final Timer lag;

    SnapshotListener(
            FactReader reader,
            PayloadCap cap,
            LogDocuments documents,
            ExecutionLogWriter writer,
            SubjectIndex subjects,
            Retentions retentions,
            ExecutionLogProperties properties,
            InstantSource clock,
            MeterRegistry meters) {
        this.reader = reader;
        this.cap = cap;
        this.documents = documents;
        this.writer = writer;
        this.subjects = subjects;
        this.retentions = retentions;
        this.properties = properties;
        this.clock = clock;
        this.lag = Timer.builder("engine.execution.logs.lag")
                .description("Time from a change of an execution until people can read it")
                .publishPercentileHistogram()
                .register(meters);
    }

    @KafkaListener(topics = Topic.Name.EXECUTION_LOGS, groupId = "logging-executions")
    void onSnapshots(List<ConsumerRecord<String, byte[]>> batch) {
        List<Received<ExecutionSnapshot>> newest = newest(reader.read(batch, ExecutionSnapshot.class));
        if (newest.isEmpty()) {
            return;
        }
        writer.write(newest.stream().map(this::document).toList())
                .forEach(index -> reader.reject(newest.get(index).source(), "MongoDB cannot hold it"));
        Instant now = clock.instant();
        newest.forEach(snapshot -> lag.record(Duration.between(snapshot.value().updatedAt(), now)));
    }

    /** The snapshot with the highest revision of each execution. */
    static List<Received<ExecutionSnapshot>> newest(List<Received<ExecutionSnapshot>> snapshots) {
        Map<ExecutionId, Received<ExecutionSnapshot>> newest = new LinkedHashMap<>();
        for (Received<ExecutionSnapshot> snapshot : snapshots) {
            newest.merge(
                    snapshot.value().executionId(),
                    snapshot,
                    (a, b) -> a.value().rev() >= b.value().rev() ? a : b);
        }
        return List.copyOf(newest.values());
    }

    private Document document(Received<ExecutionSnapshot> received) {
        ExecutionSnapshot snapshot = received.value();
        Duration kept = retentions.of(snapshot.orgId(), Kept.EXECUTION_LOGS, properties.retention());
        Document document =
                documents.write(ExecutionLog.of(snapshot), snapshot.updatedAt().plus(kept));
        cap.apply(document, received.source().value().length);
        return document.append(SubjectIndex.MEMBER, subjects.of(snapshot.orgId(), document));
    }
}
