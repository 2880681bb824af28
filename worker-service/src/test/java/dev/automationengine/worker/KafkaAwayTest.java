package dev.automationengine.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.automationengine.localstack.simulator.Fault;
import dev.automationengine.localstack.simulator.Vendor;
import dev.automationengine.worker.claim.JobPoller;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** A worker whose Kafka is away: nothing is given up before it is told. */
@TestPropertySource(
        properties = {
            "spring.kafka.bootstrap-servers=localhost:1",
            "spring.kafka.producer.properties.max.block.ms=200",
            "spring.kafka.producer.properties.request.timeout.ms=200",
            "spring.kafka.producer.properties.delivery.timeout.ms=400"
        })
class KafkaAwayTest extends WorkerScene {
    @Autowired
    private MeterRegistry meters;

    @Autowired
    private JobPoller poller;

    @Test
    void a_job_whose_outcome_cannot_be_published_keeps_its_lease_and_goes_back_when_the_worker_stops() {
        storeCrm();
        storeExecution("CRM_INSERT", Map.of("field_mapping", CONTACT));
        enqueue(false);

        await().atMost(Duration.ofSeconds(30)).until(() -> failedReports() >= 3);
        assertThat(contacts()).hasSize(1);
        // Long after the lease that the claim gave (3 s): it was renewed.
        await().pollDelay(Duration.ofSeconds(4))
                .atMost(Duration.ofSeconds(10))
                .until(() -> queue.rescue(100) == 0 && queue.stats().leased() == 1);

        poller.stop();

        assertThat(queue.stats().leased()).isZero();
        assertThat(queue.claim("another", 1, Duration.ofSeconds(30)))
                .singleElement()
                .satisfies(again -> {
                    assertThat(again.attempt()).isEqualTo(1);
                    assertThat(again.rescued()).isFalse();
                });
        poller.start();
    }

    private double failedReports() {
        return meters.counter("engine.worker.report.failed", "step", "publish_outcomes")
                .count();
    }

    @Test
    void a_message_that_may_be_under_way_is_not_given_back_when_the_worker_stops() {
        storeWhatsApp();
        storeExecution("SEND_WHATSAPP", Map.of("to", "+16505551234", "text", "Hello"));
        SIMULATOR
                .faults()
                .add(Vendor.WHATSAPP, Fault.slow(Duration.ofSeconds(5)).times(1));
        enqueue(false);
        await().atMost(Duration.ofSeconds(20)).until(() -> SIMULATOR.requests().count(Vendor.WHATSAPP) == 1);

        poller.stop();

        assertThat(queue.stats().leased()).isPositive();
        assertThat(queue.stats().ready()).isZero();
        poller.start();
    }
}
