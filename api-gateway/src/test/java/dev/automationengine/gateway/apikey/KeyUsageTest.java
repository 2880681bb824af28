package dev.automationengine.gateway.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import dev.automationengine.localstack.LocalStack;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoTemplate;

/** How often the database hears of it that keys are used. */
class KeyUsageTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private final List<String> writes = new CopyOnWriteArrayList<>();
    private final MongoClient client = MongoClients.create(MongoClientSettings.builder()
            .applyConnectionString(new ConnectionString(LocalStack.shared().mongoUrl("key_usage")))
            .addCommandListener(new CommandListener() {
                @Override
                public void commandStarted(CommandStartedEvent event) {
                    if (event.getCommandName().equals("update")) {
                        writes.add(event.getCommandName());
                    }
                }
            })
            .build());
    private final MongoTemplate mongo = new MongoTemplate(client, "key_usage");
    private final KeyUsage usage =
            new KeyUsage(mongo, new ApiKeyProperties(Duration.ofHours(1)), new SimpleMeterRegistry());

    @BeforeEach
    void someKeys() {
        mongo.getCollection(ApiKey.COLLECTION).deleteMany(new Document());
        mongo.getCollection(ApiKey.COLLECTION)
                .insertMany(List.of(new Document("_id", "a"), new Document("_id", "b"), new Document("_id", "c")));
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void a_thousand_uses_of_two_keys_are_one_write() {
        for (int i = 0; i < 1_000; i++) {
            usage.record(i % 2 == 0 ? "a" : "b", NOON.plusMillis(i));
        }
        assertThat(writes).isEmpty();
        usage.flush();
        assertThat(writes).hasSize(1);
        assertThat(lastUse("a")).isEqualTo(NOON.plusMillis(998));
        assertThat(lastUse("b")).isEqualTo(NOON.plusMillis(999));
        assertThat(mongo.getCollection(ApiKey.COLLECTION)
                        .find(new Document("_id", "c"))
                        .first())
                .doesNotContainKey("last_used_at");
        usage.flush();
        assertThat(writes).hasSize(1);
    }

    @Test
    void a_later_date_of_another_replica_stays() {
        mongo.getCollection(ApiKey.COLLECTION)
                .updateOne(
                        new Document("_id", "a"),
                        new Document("$set", new Document("last_used_at", Date.from(NOON.plusSeconds(60)))));
        usage.record("a", NOON);
        usage.flush();
        assertThat(lastUse("a")).isEqualTo(NOON.plusSeconds(60));
    }

    @Test
    void a_key_that_was_deleted_does_not_come_back() {
        usage.record("gone", NOON);
        usage.flush();
        assertThat(mongo.getCollection(ApiKey.COLLECTION).countDocuments()).isEqualTo(3);
    }

    @Test
    void what_was_noted_is_written_when_the_gateway_stops() {
        usage.start();
        usage.record("a", NOON);
        usage.stop();
        assertThat(lastUse("a")).isEqualTo(NOON);
    }

    private Instant lastUse(String id) {
        Document key = mongo.getCollection(ApiKey.COLLECTION)
                .find(new Document("_id", id))
                .first();
        return key == null ? Instant.MIN : key.getDate("last_used_at").toInstant();
    }
}
