package dev.automationengine.polling.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.automationengine.connectors.vault.CredentialStore;
import dev.automationengine.kit.kafka.Fact;
import dev.automationengine.kit.kafka.FactPublisher;
import dev.automationengine.localstack.LocalStackInitializer;
import dev.automationengine.model.id.CredentialId;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.WorkflowId;
import dev.automationengine.model.topic.Topic;
import dev.automationengine.model.workflow.Trigger;
import dev.automationengine.model.workflow.WorkflowChange;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.config.TopicBuilder;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ContextConfiguration;

/** The service with real Kafka and MongoDB, and workflows that the test publishes. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "engine.vault.owner=true",
            "engine.outbound.allowed-networks=127.0.0.0/8",
            "engine.polling.sources.interval=200ms",
            "engine.polling.sources.shortest=100ms",
            "engine.polling.sources.idle=20ms",
            "engine.polling.sources.lease=2s",
            "engine.polling.sources.back-off=100ms",
            "engine.polling.sources.max-back-off=300ms"
        })
@ContextConfiguration(initializers = LocalStackInitializer.class)
@AutoConfigureRestTestClient
@Import(PublishedRecords.class)
@DirtiesContext // Another context's pollers would look at the sources of this one.
abstract class SourceScene {
    static final Duration SOON = Duration.ofSeconds(20);

    final OrgId org = OrgId.random();

    @Autowired
    PublishedRecords published;

    @Autowired
    SourceStates states;

    @Autowired
    MeterRegistry meters;

    @Autowired
    CredentialStore credentials;

    @Autowired
    private FactPublisher facts;

    private final List<WorkflowChange> active = new ArrayList<>();

    /** The topics belong to services that are not here to create them. */
    @BeforeEach
    void topicsOfOthers(@Autowired KafkaAdmin kafka) {
        kafka.createOrModifyTopics(
                TopicBuilder.name(Topic.Name.WORKFLOW_CHANGES)
                        .partitions(Topic.WORKFLOW_CHANGES.partitions())
                        .compact()
                        .build(),
                TopicBuilder.name(Topic.Name.INBOUND)
                        .partitions(Topic.INBOUND.partitions())
                        .build());
    }

    @AfterEach
    void nothingGoesOn() {
        List.copyOf(active).forEach(this::deactivate);
    }

    WorkflowChange activate(OrgId owner, Map<String, Object> trigger, @Nullable CredentialId credential) {
        WorkflowChange change = new WorkflowChange(
                owner,
                WorkflowId.random(),
                1,
                true,
                new Trigger(Trigger.POLL, Map.copyOf(trigger), credential),
                Instant.now());
        publish(change);
        active.add(change);
        return change;
    }

    void deactivate(WorkflowChange change) {
        publish(new WorkflowChange(change.orgId(), change.workflowId(), 2, false, change.trigger(), Instant.now()));
        active.remove(change);
    }

    void publish(WorkflowChange change) {
        await().atMost(SOON)
                .ignoreExceptions()
                .untilAsserted(() -> facts.publish(List.of(new Fact(
                        Topic.WORKFLOW_CHANGES, WorkflowChange.key(change.orgId(), change.workflowId()), change))));
    }

    @Nullable
    SourceState state(WorkflowChange change) {
        return states.of(List.of(trigger(change))).get(PollTrigger.key(change.orgId(), change.workflowId()));
    }

    static PollTrigger trigger(WorkflowChange change) {
        return PollTrigger.of(change).orElseThrow();
    }

    /** Returns when a look has succeeded that began later than now. */
    void awaitLook(WorkflowChange change) {
        Instant now = Instant.now();
        await().atMost(SOON).until(() -> {
            SourceState state = state(change);
            return state != null
                    && state.failures() == 0
                    && state.lastRunAt() != null
                    && state.lastRunAt().isAfter(now);
        });
    }

    SourceState awaitError(WorkflowChange change, String code) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(state(change))
                        .isNotNull()
                        .satisfies(state -> assertThat(
                                        Objects.requireNonNull(state).lastError())
                                .isEqualTo(code)));
        return Objects.requireNonNull(state(change));
    }

    void awaitRecords(OrgId owner, String... identities) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(published.identitiesOf(owner)).contains(identities));
    }
}
