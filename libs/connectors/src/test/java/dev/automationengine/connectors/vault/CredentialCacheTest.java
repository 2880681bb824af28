package dev.automationengine.connectors.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.automationengine.connectors.vault.CredentialCache.Loaded;
import dev.automationengine.connectors.vault.CredentialCache.Stored;
import dev.automationengine.connectors.vault.CredentialCache.Wanted;
import dev.automationengine.model.id.CredentialId;
import dev.automationengine.model.id.OrgId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

class CredentialCacheTest {
    private static final OrgId ORG = OrgId.random();

    private final AtomicLong nanos = new AtomicLong();
    private final CredentialCache cache = new CredentialCache(properties(), nanos::get);
    private final List<Wanted> loads = new ArrayList<>();
    private final CredentialId id = CredentialId.random();
    private long rev = 1;

    @Test
    void a_busy_credential_is_read_once_and_then_only_confirmed() {
        for (int second = 0; second < 20; second++) {
            assertThat(get()).isEqualTo("1");
            check();
            pass(Duration.ofSeconds(1));
        }
        assertThat(loads).hasSize(1);
    }

    @Test
    void a_change_is_seen_by_the_next_check() {
        get();
        rev = 2;
        assertThat(get()).isEqualTo("1");
        check();
        assertThat(get()).isEqualTo("2");
    }

    @Test
    void a_deletion_is_seen_by_the_next_check() {
        get();
        cache.check(stored -> List.of());
        assertThat(cache.get(new Wanted.ById(ORG, id), wanted -> Optional.empty()))
                .isEmpty();
    }

    @Test
    void a_change_is_seen_within_two_seconds_though_no_check_runs() {
        get();
        rev = 2;
        pass(Duration.ofMillis(2_001));
        assertThat(get()).isEqualTo("2");
    }

    @Test
    void what_nobody_uses_is_not_asked_for() {
        get();
        check();
        pass(Duration.ofSeconds(1));
        cache.check(stored -> {
            throw new AssertionError("asked for " + stored);
        });
    }

    @Test
    void while_the_database_is_away_memory_serves_for_half_a_minute() {
        get();
        pass(Duration.ofSeconds(29));
        assertThat(cache.get(new Wanted.ById(ORG, id), CredentialCacheTest::away))
                .isPresent();
        pass(Duration.ofSeconds(2));
        assertThatThrownBy(() -> cache.get(new Wanted.ById(ORG, id), CredentialCacheTest::away))
                .isInstanceOf(DataAccessResourceFailureException.class);
    }

    private String get() {
        return cache.get(new Wanted.ById(ORG, id), this::load)
                .orElseThrow()
                .secrets()
                .getOrDefault("key", "");
    }

    private Optional<Loaded> load(Wanted wanted) {
        loads.add(wanted);
        Credential credential = new Credential(id, ORG, "crm_http", "CRM", Map.of(), Map.of("key", Long.toString(rev)));
        return Optional.of(new Loaded(credential, rev));
    }

    private void check() {
        cache.check(mine -> List.of(new Stored(ORG.value(), id.value(), rev)));
    }

    private static Optional<Loaded> away(Wanted wanted) {
        throw new DataAccessResourceFailureException("away");
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private static VaultProperties properties() {
        Duration second = Duration.ofSeconds(1);
        return new VaultProperties(
                List.of(),
                false,
                Duration.ofSeconds(30),
                100,
                second,
                null,
                new VaultProperties.Rotation(second, second, second, null, Duration.ZERO, second));
    }
}
