package dev.automationengine.gateway.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.automationengine.gateway.access.Secret;
import dev.automationengine.localstack.LocalStack;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.mapping.model.SnakeCaseFieldNamingStrategy;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.SimpleMongoClientDatabaseFactory;
import org.springframework.data.mongodb.core.convert.MappingMongoConverter;
import org.springframework.data.mongodb.core.convert.MongoCustomConversions;
import org.springframework.data.mongodb.core.convert.NoOpDbRefResolver;
import org.springframework.data.mongodb.core.mapping.MongoMappingContext;

/** One replica makes the first owner, and only for a while. */
class SetupClaimTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final MongoClient client = MongoClients.create(LocalStack.shared().mongoUrl("setup_claim"));
    private final MongoTemplate mongo =
            new MongoTemplate(new SimpleMongoClientDatabaseFactory(client, "setup_claim"), asTheServicesNameMembers());
    private volatile Instant now = Instant.parse("2026-11-23T12:00:00Z");
    private final SetupClaim claims = new SetupClaim(mongo, () -> now);

    @BeforeEach
    void clear() {
        mongo.getCollection("setup_claims").deleteMany(new Document());
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void of_many_replicas_one_gets_the_claim() throws Exception {
        try (ExecutorService replicas = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Optional<Secret>>> starts = IntStream.range(0, 8)
                    .<Callable<Optional<Secret>>>mapToObj(i -> () -> claims.claim(HOUR))
                    .toList();
            int claimed = 0;
            for (Future<Optional<Secret>> start : replicas.invokeAll(starts)) {
                claimed += start.get().isPresent() ? 1 : 0;
            }
            assertThat(claimed).isEqualTo(1);
        }
    }

    @Test
    void a_claim_is_used_once_and_given_back_if_that_was_in_vain() {
        Secret claim = claims.claim(HOUR).orElseThrow();
        assertThat(claims.use(Secret.random())).isFalse();
        assertThat(claims.use(claim)).isTrue();
        assertThat(claims.use(claim)).isFalse();
        claims.giveBack(claim, HOUR);
        assertThat(claims.use(claim)).isTrue();
    }

    @Test
    void a_claim_ends_and_the_next_one_gets_it() {
        Secret old = claims.claim(HOUR).orElseThrow();
        now = now.plus(HOUR);
        assertThat(claims.use(old)).isFalse();
        Secret next = claims.claim(HOUR).orElseThrow();
        claims.giveBack(old, HOUR);
        assertThat(claims.use(old)).isFalse();
        assertThat(claims.use(next)).isTrue();
    }

    @Test
    void an_owner_has_an_address_and_a_password_of_some_length() {
        assertThatThrownBy(() -> new SetupProperties("a@example.com", "", "Acme", HOUR))
                .hasMessageContaining("ENGINE_OWNER_PASSWORD");
        assertThatThrownBy(() -> new SetupProperties("a@example.com", "short", "Acme", HOUR))
                .hasMessageContaining("ENGINE_OWNER_PASSWORD")
                .hasMessageNotContaining("short");
    }

    private static MappingMongoConverter asTheServicesNameMembers() {
        MongoMappingContext members = new MongoMappingContext();
        members.setFieldNamingStrategy(new SnakeCaseFieldNamingStrategy());
        MongoCustomConversions conversions = new MongoCustomConversions(List.of());
        members.setSimpleTypeHolder(conversions.getSimpleTypeHolder());
        MappingMongoConverter converter = new MappingMongoConverter(NoOpDbRefResolver.INSTANCE, members);
        converter.setCustomConversions(conversions);
        converter.afterPropertiesSet();
        return converter;
    }
}
