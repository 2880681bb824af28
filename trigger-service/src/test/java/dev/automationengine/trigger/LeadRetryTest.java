package dev.automationengine.trigger;

import static org.awaitility.Awaitility.await;

import dev.automationengine.model.event.LeadNotice;
import dev.automationengine.model.topic.Topic;
import io.micrometer.core.instrument.Counter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;

/** Leads whose turn comes at different times. Each is so old that its next try is its last. */
class LeadRetryTest extends TriggerScene {
    private static final int DUE = Topic.LEAD_RETRY_LONG.partitions() - 1;
    private static final Duration LATER = Duration.ofSeconds(9);
    private static final Duration BEFORE_LATER = Duration.ofSeconds(5);

    @Test
    void leads_that_are_not_due_hold_up_no_other_partition() {
        double before = tried();
        Instant later = Instant.now().plus(LATER);
        List<String> others = IntStream.range(0, Topic.LEAD_RETRY_LONG.partitions())
                .filter(partition -> partition != DUE)
                .mapToObj(LeadRetryTest::leadOfPartition)
                .toList();
        others.forEach(lead -> retry(lead, later));

        retry(leadOfPartition(DUE), Instant.now());

        await().atMost(BEFORE_LATER).until(() -> tried() == before + 1);
        await().atMost(LATER.plus(SOON)).until(() -> tried() == before + 1 + others.size());
    }

    private void retry(String lead, Instant notBefore) {
        LeadNotice notice = new LeadNotice(
                org, lead, "1", "2", null, Instant.EPOCH, null, 20, notBefore, "credential_missing", null);
        publish(Topic.LEAD_RETRY_LONG, lead, notice);
    }

    private double tried() {
        return meters.find("engine.trigger.lead.failures").tag("given_up", "true").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private static String leadOfPartition(int partition) {
        return Stream.generate(() -> UUID.randomUUID().toString())
                .filter(id -> partition(id) == partition)
                .findFirst()
                .orElseThrow();
    }

    private static int partition(String key) {
        return Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8)))
                % Topic.LEAD_RETRY_LONG.partitions();
    }
}
