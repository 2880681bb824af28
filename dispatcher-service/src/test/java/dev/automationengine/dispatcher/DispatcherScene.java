package dev.automationengine.dispatcher;

import static org.awaitility.Awaitility.await;

import dev.automationengine.jobqueue.ClaimedJob;
import dev.automationengine.jobqueue.JobQueue;
import dev.automationengine.kit.kafka.Fact;
import dev.automationengine.kit.kafka.FactPublisher;
import dev.automationengine.kit.security.InternalTokens;
import dev.automationengine.localstack.LocalStackInitializer;
import dev.automationengine.model.event.AutomationEvent;
import dev.automationengine.model.execution.ExecutionSnapshot;
import dev.automationengine.model.execution.ExecutionStatus;
import dev.automationengine.model.execution.StepEvent;
import dev.automationengine.model.execution.StepRun;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.WorkflowId;
import dev.automationengine.model.topic.Topic;
import dev.automationengine.model.workflow.WorkflowChange;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ContextConfiguration;
import tools.jackson.databind.json.JsonMapper;

/** The whole service on real Kafka and Redis, and what its tests do with it. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ContextConfiguration(initializers = LocalStackInitializer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DirtiesContext // Another context of the same consumer groups must not share the partitions.
abstract class DispatcherScene {
    static final Duration PATIENCE = Duration.ofSeconds(20);

    /** One per test: what other tests left listens to its own events only. */
    OrgId org = OrgId.random();

    @Autowired
    @Nullable
    MongoOperations mongo;

    @Autowired
    @Nullable
    JobQueue queue;

    @Autowired
    @Nullable
    FactPublisher facts;

    @Autowired
    @Nullable
    InternalTokens tokens;

    @Autowired
    @Nullable
    JsonMapper json;

    @Value("${local.server.port}")
    int port;

    @Value("${spring.kafka.bootstrap-servers}")
    String kafka = "";

    private @Nullable TopicProbe probe;
    private @Nullable RestProbe rest;

    @BeforeEach
    void connect() {
        if (probe == null) {
            TopicProbe.createForeignTopics(kafka);
            probe = new TopicProbe(kafka, Objects.requireNonNull(json));
        }
        org = OrgId.random();
        rest = new RestProbe(port, org, Objects.requireNonNull(tokens), Objects.requireNonNull(json));
    }

    @AfterAll
    void disconnect() {
        Objects.requireNonNull(probe).close();
    }

    WorkflowId create(String document) {
        Map<String, Object> created = rest().postMap("/v1/workflows", document);
        return new WorkflowId(String.valueOf(created.get("id")));
    }

    AutomationEvent lead(Map<String, Object> fields) {
        return AutomationEvent.of(
                org,
                "/meta/pages/" + Seed.PAGE + "/forms/" + Seed.FORM,
                "lead-" + System.nanoTime(),
                "dev.automationengine.lead.received.v1",
                "META_LEAD_AD",
                Instant.now(),
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                new AutomationEvent.Data(Map.of("form_id", Seed.FORM, "page_id", Seed.PAGE), Map.of("fields", fields)));
    }

    void publish(AutomationEvent event) {
        Objects.requireNonNull(facts).publish(List.of(new Fact(Topic.EVENTS, org.value(), event)));
    }

    /** As the trigger-service keeps it. */
    AutomationEvent remembered(AutomationEvent event) {
        mongo().getCollection("events")
                .insertOne(new Document("_id", event.id().value())
                        .append("org_id", event.orgId().value())
                        .append("type", event.type())
                        .append("source", event.source())
                        .append("subject", event.subject())
                        .append("trigger_type", event.triggerType())
                        .append("time", Date.from(event.time()))
                        .append("received_at", Date.from(event.time()))
                        .append("data", json().writeValueAsString(event.data())));
        return event;
    }

    void report(StepEvent event) {
        Objects.requireNonNull(facts).publish(List.of(new Fact(Topic.STEP_EVENTS, org.value(), event)));
    }

    /** The next job of this test's organization; those of other tests stay leased. */
    ClaimedJob claim() {
        return await().atMost(PATIENCE).until(this::next, Objects::nonNull);
    }

    /** The next job, once its time has come. */
    ClaimedJob claimDue() {
        return await().atMost(PATIENCE)
                .until(
                        () -> {
                            queue().promote(100);
                            return next();
                        },
                        Objects::nonNull);
    }

    private @Nullable ClaimedJob next() {
        return jobs(queue().claim("w", 1, Duration.ofSeconds(30))).stream()
                .findFirst()
                .orElse(null);
    }

    List<ClaimedJob> jobs(List<ClaimedJob> claimed) {
        return claimed.stream().filter(job -> job.org().equals(org)).toList();
    }

    StepRun run(ClaimedJob job) {
        return run(job, job.attempt());
    }

    StepRun run(ClaimedJob job, int attempt) {
        Instant now = Instant.now();
        return new StepRun(org, WorkflowId.random(), job.id(), attempt, job.fence(), "w", now, now, null);
    }

    ExecutionSnapshot snapshot(ExecutionId execution, ExecutionStatus status) {
        return await().atMost(PATIENCE)
                .until(
                        () -> probe().snapshots(execution).stream()
                                .filter(each -> each.status() == status)
                                .findFirst()
                                .orElse(null),
                        Objects::nonNull);
    }

    WorkflowChange change(WorkflowId id) {
        String key = WorkflowChange.key(org, id);
        int version = Integer.parseInt(
                String.valueOf(rest().getMap("/v1/workflows/" + id).get("version")));
        return await().atMost(PATIENCE)
                .until(() -> probe().change(key), change -> change != null && change.version() == version);
    }

    Document execution(ExecutionId id) {
        Document query = new Document("_id", id.value()).append("org_id", org.value());
        return Objects.requireNonNull(
                mongo().getCollection("executions").find(query).first());
    }

    Document step(ExecutionId id, String step) {
        return execution(id).get("steps", Document.class).get(step, Document.class);
    }

    Document work(ExecutionId id, String step) {
        return step(id, step).get("work", Document.class);
    }

    static List<String> ids(Map<String, Object> page) {
        return ((List<?>) Objects.requireNonNull(page.get("items")))
                .stream()
                        .map(item -> String.valueOf(((Map<?, ?>) item).get("id")))
                        .toList();
    }

    MongoOperations mongo() {
        return Objects.requireNonNull(mongo);
    }

    JobQueue queue() {
        return Objects.requireNonNull(queue);
    }

    TopicProbe probe() {
        return Objects.requireNonNull(probe);
    }

    RestProbe rest() {
        return Objects.requireNonNull(rest);
    }

    JsonMapper json() {
        return Objects.requireNonNull(json);
    }
}
