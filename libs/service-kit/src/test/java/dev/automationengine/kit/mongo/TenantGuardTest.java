package dev.automationengine.kit.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import dev.automationengine.localstack.LocalStack;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The guard between the real driver and a server. */
@ExtendWith(OutputCaptureExtension.class)
class TenantGuardTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private MongoClient client;
    private MongoDatabase database;

    @BeforeEach
    void connect() {
        String name = "guard_" + UUID.randomUUID().toString().replace("-", "");
        String url = LocalStack.shared().mongoUrl(name);
        client = MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(url))
                .addCommandListener(new TenantGuard(() -> meters))
                .build());
        database = client.getDatabase(name);
        System.clearProperty(TenantGuard.REMEMBERED);
    }

    @AfterEach
    void close() {
        System.clearProperty(TenantGuard.REMEMBERED);
        client.close();
    }

    @ParameterizedTest
    @EnumSource
    void what_reaches_beyond_an_organization_is_reported_and_nothing_else(GuardedOperation operation) {
        try {
            operation.run(database);
        } catch (MongoException unknownToTheEmbeddedServer) {
            assertThat(operation.allowed()).isFalse();
        }

        assertThat(violations() == 0)
                .as("%s: %s", operation, System.getProperty(TenantGuard.REMEMBERED))
                .isEqualTo(operation.allowed());
    }

    @Test
    void a_report_names_who_asked_for_what_and_no_value(CapturedOutput output) {
        database.getCollection("credentials")
                .find(Filters.eq("name", "jane.doe@example.com"))
                .into(new ArrayList<>());

        assertThat(System.getProperty(TenantGuard.REMEMBERED))
                .startsWith(TenantGuardTest.class.getName() + "|a_report_names")
                .contains("find credentials: no org_id in the filter")
                .doesNotContain("jane");
        assertThat(output.toString()).contains(TenantGuard.LINE).doesNotContain("jane");
        assertThat(meters.counter("engine.mongo.violations", "collection", "credentials", "command", "find")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void names_of_unknown_collections_become_no_metric() {
        database.getCollection("made_up_1").countDocuments();
        database.getCollection("made_up_2").countDocuments();

        assertThat(meters.getMeters()).hasSize(1);
        assertThat(violations()).isEqualTo(2);
    }

    private double violations() {
        return meters.find("engine.mongo.violations").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }
}
