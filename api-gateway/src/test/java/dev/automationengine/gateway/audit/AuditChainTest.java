package dev.automationengine.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.localstack.LocalStackInitializer;
import dev.automationengine.model.id.OrgId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.test.context.ContextConfiguration;

/** Several replicas of the gateway and one chain. */
@SpringBootTest
@ContextConfiguration(initializers = LocalStackInitializer.class)
class AuditChainTest {
    private static final AuditEntry ENTRY = new AuditEntry(
            Instant.parse("2026-11-23T12:00:00.123Z"), "user_1", "admin", "POST", "/v1/x", "192.0.2.1", null, null);

    private final OrgId org = OrgId.random();

    @Autowired
    private MongoTemplate mongo;

    @Test
    void replicas_that_append_at_once_make_one_chain() throws Exception {
        List<AuditLog> replicas = List.of(new AuditLog(mongo), new AuditLog(mongo), new AuditLog(mongo));
        List<Callable<Long>> appends = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            replicas.forEach(replica -> appends.add(() -> replica.append(org, ENTRY)));
        }

        List<Long> numbers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Long> number : threads.invokeAll(appends)) {
                numbers.add(number.get());
            }
        }

        assertThat(numbers)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, 60).boxed().toList());
        assertThat(verify()).isEqualTo(60);
    }

    @Test
    void a_replica_that_starts_goes_on_where_the_others_are() {
        new AuditLog(mongo).append(org, ENTRY);

        assertThat(new AuditLog(mongo).append(org, ENTRY.ended(ENTRY.at(), 1, 201)))
                .isEqualTo(2);
        assertThat(verify()).isEqualTo(2);
    }

    @Test
    void whoever_reads_the_format_computes_the_same_hash() throws Exception {
        new AuditLog(mongo).append(org, ENTRY);

        String text = org.value().length() + ":" + org.value() + "1:1" + "24:2026-11-23T12:00:00.123Z" + "6:user_1"
                + "5:admin" + "4:POST" + "5:/v1/x" + "9:192.0.2.1" + "--" + "64:" + "0".repeat(64);
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        assertThat(new AuditLog(mongo).list(org, 0, 1).getFirst().hash())
                .isEqualTo(HexFormat.of().formatHex(hash));
    }

    private long verify() {
        AuditVerification.Verdict verdict = new AuditVerification(new AuditLog(mongo)).verify(org, 0);
        assertThat(verdict.intact()).isTrue();
        return verdict.number();
    }
}
