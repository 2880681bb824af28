package dev.automationengine.worker;

import static org.springframework.data.mongodb.core.query.Criteria.where;

import dev.automationengine.connectors.vault.CredentialStore;
import dev.automationengine.jobqueue.JobQueue;
import dev.automationengine.jobqueue.NewJob;
import dev.automationengine.localstack.LocalStackInitializer;
import dev.automationengine.localstack.simulator.CrmContact;
import dev.automationengine.localstack.simulator.DemoAccounts;
import dev.automationengine.localstack.simulator.SimulatorServer;
import dev.automationengine.localstack.simulator.WhatsAppMessage;
import dev.automationengine.model.execution.StepEvent;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.JobId;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.StepId;
import dev.automationengine.model.id.WorkflowId;
import dev.automationengine.model.topic.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.json.JsonMapper;

/** A worker with real Kafka, Redis and MongoDB, simulated third parties, and what the dispatcher would have written. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"engine.worker.drain=1s", "engine.worker.lease=3s"})
@ContextConfiguration(initializers = LocalStackInitializer.class)
@DirtiesContext
abstract class WorkerScene {
    static final SimulatorServer SIMULATOR = SimulatorServer.start(0);
    static final String STEP = "step_2";
    static final Map<String, String> CONTACT = Map.of("email", "joe@example.com", "name", "Joe Example");

    OrgId org = OrgId.random();
    JobId job = job();

    @Autowired
    JobQueue queue;

    @Autowired
    MongoOperations mongo;

    @Autowired
    CredentialStore credentials;

    @Autowired
    JsonMapper json;

    @DynamicPropertySource
    static void thirdParties(DynamicPropertyRegistry properties) {
        properties.add(
                "engine.worker.connector-settings.[graph_url]",
                () -> SIMULATOR.graphUrl().toString());
        properties.add("engine.queue.prefix", () -> "worker-" + UUID.randomUUID());
    }

    @TestConfiguration
    static class Certain {
        /** The longest jitter always, so that delays grow for sure. */
        @Bean
        @Primary
        RandomGenerator longestJitter() {
            return () -> -1L;
        }
    }

    @BeforeEach
    void clean() {
        SIMULATOR.reset();
    }

    @AfterAll
    static void healthy() {
        SIMULATOR.reset();
    }

    static JobId job() {
        String run = "exec_" + UUID.randomUUID().toString().replace("-", "");
        return new JobId(new ExecutionId(run), new StepId(STEP), 1);
    }

    /** What the CRM made for this test's job; an attempt of another test may still be on its way. */
    List<CrmContact> contacts() {
        return SIMULATOR.effects().contacts().stream()
                .filter(contact -> contact.idempotencyKey().equals(job.value()))
                .toList();
    }

    /** What WhatsApp accepted for this test's job. */
    List<WhatsAppMessage> messages() {
        return SIMULATOR.effects().messages().stream()
                .filter(message -> message.callbackData().endsWith("/" + job.value()))
                .toList();
    }

    void storeCrm() {
        credentials.create(
                org,
                "crm_http",
                "CRM",
                Map.of("base_url", SIMULATOR.crmUrl().toString()),
                Map.of("api_key", DemoAccounts.CRM_KEY));
    }

    void storeWhatsApp() {
        credentials.create(
                org,
                "whatsapp",
                "WhatsApp",
                Map.of("phone_number_id", DemoAccounts.PHONE_NUMBER_ID),
                Map.of("access_token", DemoAccounts.WHATSAPP_TOKEN));
    }

    /** The document that the dispatcher would have written. */
    void storeExecution(String status, String action, Map<String, Object> input, Document policy, String timeout) {
        Document work = new Document("action", action)
                .append("input", new Document(input))
                .append("retry_policy", policy)
                .append("timeout", timeout);
        mongo.insert(
                new Document("_id", job.execution().value())
                        .append("org_id", org.value())
                        .append("workflow_id", "wf_1")
                        .append("status", status)
                        .append(
                                "steps",
                                new Document(
                                        STEP,
                                        new Document("status", "queued")
                                                .append("epoch", 1)
                                                .append("work", work))),
                "executions");
    }

    void storeExecution(String action, Map<String, Object> input) {
        storeExecution("in_progress", action, input, policy(3), "PT5S");
    }

    static Document policy(int attempts) {
        return new Document("strategy", "exponential")
                .append("attempts", attempts)
                .append("initial_delay", "PT1S");
    }

    /** Changes a member of the work that was stored. */
    void setWork(String member, Object value) {
        mongo.updateFirst(
                Query.query(where("_id").is(job.execution().value())),
                Update.update("steps." + STEP + ".work." + member, value),
                "executions");
    }

    void enqueue(boolean rescued) {
        enqueue(rescued, null);
    }

    void enqueue(boolean rescued, @Nullable String limitKey) {
        String payload =
                json.writeValueAsString(Map.of("workflow_id", new WorkflowId("wf_1").value(), "action", "ignored"));
        queue.enqueue(List.of(new NewJob(job, org, NewJob.NORMAL, null, 1, 0, rescued, limitKey, payload)));
    }

    /** The outcomes of this test's job on Kafka, read from the start. */
    List<StepEvent> outcomes(String bootstrap, int atLeast) {
        List<StepEvent> found = new ArrayList<>();
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                ConsumerConfig.GROUP_ID_CONFIG,
                "test-" + UUID.randomUUID(),
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.METADATA_MAX_AGE_CONFIG,
                500);
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(Topic.STEP_EVENTS.topicName()));
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> {
                    if (record.key().equals(job.execution().value())) {
                        found.add(json.readValue(record.value(), StepEvent.class));
                    }
                });
                return found.size() >= atLeast;
            });
        }
        return found;
    }
}
