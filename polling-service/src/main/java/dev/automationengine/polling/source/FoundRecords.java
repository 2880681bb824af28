package dev.automationengine.polling.source;

import dev.automationengine.connectors.action.PolledItem;
import dev.automationengine.kit.kafka.Fact;
import dev.automationengine.kit.kafka.FactPublisher;
import dev.automationengine.kit.kafka.PublishFailedException;
import dev.automationengine.kit.trace.Traces;
import dev.automationengine.model.event.InboundMessage.PolledRecord;
import dev.automationengine.model.event.InboundMessage.PolledRecords;
import dev.automationengine.model.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Hands what is new to Kafka, many records in a message, and each message small enough for it. */
@Component
class FoundRecords {
    private static final int MOST_RECORDS = 100;
    /** Kafka takes messages of 1 MB. */
    private static final int MOST_BYTES = 256 * 1024;

    private final FactPublisher facts;
    private final Traces traces;
    private final JsonMapper json;
    private final InstantSource clock;

    FoundRecords(FactPublisher facts, Traces traces, JsonMapper json, InstantSource clock) {
        this.facts = facts;
        this.traces = traces;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Publishes and returns when Kafka has all.
     *
     * @throws LookFailedException if it did not confirm
     */
    void publish(PollTrigger trigger, List<PolledItem> items) {
        List<Fact> messages = new ArrayList<>();
        List<PolledRecord> records = new ArrayList<>();
        int bytes = 0;
        for (PolledItem item : items) {
            int size = json.writeValueAsBytes(item.data()).length;
            if (!records.isEmpty() && (records.size() == MOST_RECORDS || bytes + size > MOST_BYTES)) {
                messages.add(message(trigger, records));
                records.clear();
                bytes = 0;
            }
            // Larger than any message may be: the workflow learns that it is there, and can get it itself.
            records.add(new PolledRecord(
                    item.identity(), size > MOST_BYTES ? Map.of("truncated", true, "bytes", size) : item.data()));
            bytes += Math.min(size, MOST_BYTES);
        }
        if (!records.isEmpty()) {
            messages.add(message(trigger, records));
        }
        try {
            facts.publish(messages);
        } catch (PublishFailedException e) {
            throw new LookFailedException(Failure.ofOurs("unpublished"));
        }
    }

    private Fact message(PollTrigger trigger, List<PolledRecord> records) {
        String id = id(trigger, records);
        return new Fact(
                Topic.INBOUND,
                id,
                new PolledRecords(
                        id,
                        trigger.org(),
                        trigger.workflow(),
                        trigger.source(),
                        records,
                        clock.instant(),
                        traces.traceparent()));
    }

    private static String id(PollTrigger trigger, List<PolledRecord> records) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(trigger.key().getBytes(StandardCharsets.UTF_8));
            for (PolledRecord each : records) {
                sha256.update(("\n" + each.identity()).getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(sha256.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
