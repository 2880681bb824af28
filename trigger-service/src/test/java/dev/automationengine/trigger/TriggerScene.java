package dev.automationengine.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.automationengine.connectors.vault.CredentialChange;
import dev.automationengine.connectors.vault.CredentialStore;
import dev.automationengine.kit.kafka.Fact;
import dev.automationengine.kit.kafka.FactPublisher;
import dev.automationengine.kit.security.InternalTokens;
import dev.automationengine.localstack.LocalStackInitializer;
import dev.automationengine.model.id.CredentialId;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.WorkflowId;
import dev.automationengine.model.topic.Topic;
import dev.automationengine.model.workflow.Trigger;
import dev.automationengine.model.workflow.WorkflowChange;
import dev.automationengine.trigger.subscription.Subscriptions;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.http.HttpHeaders;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.kafka.config.TopicBuilder;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.web.servlet.client.RestTestClient;

/** The service with real Kafka and MongoDB, one organization, and workflows that the test publishes. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"engine.vault.owner=true", "engine.webhook-answer.most-waiting=2"})
@ContextConfiguration(initializers = LocalStackInitializer.class)
@DirtiesContext // Another context of the same consumer groups must not share the partitions.
abstract class TriggerScene {
    static final Duration SOON = Duration.ofSeconds(20);

    final OrgId org = OrgId.random();

    @Autowired
    MeterRegistry meters;

    @Autowired
    MongoOperations mongo;

    @LocalServerPort
    int port;

    @Autowired
    private InternalTokens tokens;

    @Autowired
    private FactPublisher facts;

    @Autowired
    private CredentialStore credentials;

    @Autowired
    private Subscriptions subscriptions;

    /** The topics are the dispatcher's, which is not here to create them. */
    @BeforeEach
    void dispatchersTopics(@Autowired KafkaAdmin kafka) {
        kafka.createOrModifyTopics(
                TopicBuilder.name(Topic.Name.WORKFLOW_CHANGES)
                        .partitions(Topic.WORKFLOW_CHANGES.partitions())
                        .compact()
                        .build(),
                TopicBuilder.name(Topic.Name.EXECUTION_LOGS).partitions(3).build());
    }

    /** A call as the gateway forwards it; without an organization, as a webhook's sender. */
    RestTestClient gateway(@Nullable OrgId caller) {
        String scope = caller == null ? InternalTokens.SCOPE_WEBHOOK : InternalTokens.SCOPE_API;
        // The JDK's client does not repeat a call that got a 503.
        return RestTestClient.bindToServer(new JdkClientHttpRequestFactory())
                .baseUrl("http://localhost:" + port)
                .defaultHeader(HttpHeaders.AUTHORIZATION, "Bearer " + tokens.mint("test", caller, scope))
                .build();
    }

    WorkflowId publish(Trigger trigger) {
        return publish(trigger, true);
    }

    WorkflowId publish(Trigger trigger, boolean active) {
        WorkflowId workflow = WorkflowId.random();
        WorkflowChange change = new WorkflowChange(org, workflow, 1, active, trigger, Instant.now());
        publish(Topic.WORKFLOW_CHANGES, WorkflowChange.key(org, workflow), change);
        await().atMost(SOON).until(() -> subscriptions.of(org, workflow) != null);
        return workflow;
    }

    void publish(Topic topic, String key, Object fact) {
        await().atMost(SOON).ignoreExceptions().untilAsserted(() -> facts.publish(List.of(new Fact(topic, key, fact))));
    }

    CredentialId webhookSecret(String secret) {
        return credentials
                .create(org, "webhook_secret", "shop", Map.of(), Map.of("secret", secret))
                .id();
    }

    void replaceSecret(CredentialId id, String secret, Duration overlap) {
        credentials.replace(org, id, new CredentialChange(null, "shop", Map.of(), Map.of("secret", secret), overlap));
    }

    /** As another process would: this one's memory is not told. */
    void deleteElsewhere(CredentialId id) {
        mongo.getCollection(CredentialStore.COLLECTION)
                .deleteOne(new Document("_id", id.value()).append("org_id", org.value()));
    }

    List<Document> events() {
        return mongo.getCollection("events")
                .find(new Document("org_id", org.value()))
                .into(new ArrayList<>());
    }

    Document onlyEvent() {
        await().atMost(SOON).untilAsserted(() -> assertThat(events()).hasSize(1));
        return events().getFirst();
    }
}
