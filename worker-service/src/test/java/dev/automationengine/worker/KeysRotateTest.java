package dev.automationengine.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.automationengine.connectors.vault.CredentialStore;
import dev.automationengine.localstack.simulator.CrmContact;
import dev.automationengine.localstack.simulator.DemoAccounts;
import dev.automationengine.localstack.simulator.Vendor;
import dev.automationengine.model.id.OrgId;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** Master keys and data keys are replaced again and again while jobs use the credentials, and no job notices. */
@TestPropertySource(
        properties = {
            // Nothing is read from memory, and every pass finds that all data keys are too old.
            "engine.vault.check-every=1ms",
            "engine.vault.cache-size=1",
            "engine.vault.rotation.every=50ms",
            "engine.vault.rotation.again=1ms",
            "engine.vault.rotation.data-key-age=1ms"
        })
class KeysRotateTest extends WorkerScene {
    private static final String OLD = key("old", 1);
    private static final String NEW = key("new", 2);
    private static final int ORGANIZATIONS = 4;
    private static final int GENERATIONS = 5;

    @Autowired
    private MeterRegistry meters;

    @DynamicPropertySource
    static void masterKeys(DynamicPropertyRegistry properties) {
        properties.add("engine.vault.master-key", () -> NEW + "," + OLD);
    }

    @Test
    void jobs_use_credentials_while_their_keys_are_replaced() {
        List<OrgId> organizations = new ArrayList<>();
        opened(OLD + "," + NEW, old -> {
            for (int i = 0; i < ORGANIZATIONS; i++) {
                organizations.add(OrgId.random());
                old.create(
                        organizations.getLast(),
                        "crm_http",
                        "CRM",
                        Map.of("base_url", SIMULATOR.crmUrl().toString()),
                        Map.of("api_key", DemoAccounts.CRM_KEY));
            }
        });

        Set<String> jobs = new HashSet<>();
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            for (OrgId each : organizations) {
                org = each;
                job = job();
                storeExecution("CRM_INSERT", Map.of("field_mapping", CONTACT));
                enqueue(false);
                jobs.add(job.value());
            }
            return organizations.stream().allMatch(each -> generation(each) > GENERATIONS);
        });

        await().atMost(Duration.ofSeconds(30)).until(() -> made().containsAll(jobs));
        assertThat(SIMULATOR.requests().count(Vendor.CRM)).isEqualTo(jobs.size());
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(mongo.findAll(Document.class, "data_keys"))
                        .allSatisfy(key -> assertThat(key.getString("wrapped")).startsWith("v1:new:")));
        assertThat(meters.counter("engine.vault.rotation", "what", "wrapped").count())
                .isGreaterThanOrEqualTo(ORGANIZATIONS);
        opened(
                NEW,
                fresh -> assertThat(fresh.list(organizations.getFirst(), null, 10))
                        .hasSize(1));
    }

    /** Another process with other master keys on the same database; it starts only if they are right. */
    private void opened(String masterKeys, Consumer<CredentialStore> use) {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(vault()))
                .withBean(MongoOperations.class, () -> mongo)
                .withBean(SimpleMeterRegistry.class)
                .withPropertyValues(
                        "engine.vault.master-key=" + masterKeys,
                        "engine.vault.owner=true",
                        "engine.vault.rotation.every=1h")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    use.accept(context.getBean(CredentialStore.class));
                });
    }

    private static Class<?> vault() {
        try {
            return Class.forName("dev.automationengine.connectors.vault.VaultAutoConfiguration");
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private Set<String> made() {
        return SIMULATOR.effects().contacts().stream()
                .map(CrmContact::idempotencyKey)
                .collect(Collectors.toSet());
    }

    private int generation(OrgId of) {
        return (int) mongo.count(query(where("org_id").is(of.value())), "data_keys");
    }

    private static String key(String id, int seed) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) seed;
        return id + ":" + Base64.getEncoder().encodeToString(bytes);
    }
}
