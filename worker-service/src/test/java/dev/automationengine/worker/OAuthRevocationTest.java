package dev.automationengine.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.automationengine.connectors.vault.ConnectionTokens;
import dev.automationengine.kit.security.InternalTokens;
import dev.automationengine.localstack.simulator.Fault;
import dev.automationengine.localstack.simulator.Vendor;
import dev.automationengine.model.id.CredentialId;
import dev.automationengine.model.id.OrgId;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Whoever deletes a connection gives its grant back to the third party, and waits for nobody. */
@ExtendWith(OutputCaptureExtension.class)
class OAuthRevocationTest extends OAuthScene {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int TRIES = 4;

    @Autowired
    private MeterRegistry meters;

    @Test
    void a_deleted_connection_is_taken_back_at_the_third_party(CapturedOutput output) {
        CredentialId id = connect(null);
        ConnectionTokens had =
                ConnectionTokens.of(vault.find(org, id).orElseThrow()).orElseThrow();
        double before = counted("revoked");

        delete(id, org, 204);

        await().atMost(PATIENCE).until(() -> counted("revoked") == before + 1);
        assertThat(SIMULATOR.oauth().revocations()).isEqualTo(1);
        assertThat(connections.find(org, id)).isEmpty();
        assertThat(output.getAll())
                .contains("The grant of connection " + id + " of " + org + " is taken back")
                .doesNotContain(had.accessToken())
                .doesNotContain(String.valueOf(had.refreshToken()));
    }

    @Test
    void a_third_party_that_is_away_for_a_moment_is_asked_again() {
        CredentialId id = connect(null);
        SIMULATOR.faults().add(Vendor.OAUTH, Fault.status(503).times(2));

        delete(id, org, 204);

        await().atMost(PATIENCE).until(() -> SIMULATOR.oauth().revocations() == 1);
    }

    @Test
    void one_that_stays_away_is_given_up_and_the_connection_is_deleted_all_the_same(CapturedOutput output) {
        CredentialId id = connect(null);
        long asked = SIMULATOR.requests().count(Vendor.OAUTH);
        double before = counted("unavailable");
        SIMULATOR.faults().add(Vendor.OAUTH, Fault.status(503).times(100));

        delete(id, org, 204);
        assertThat(connections.find(org, id)).isEmpty();

        await().atMost(PATIENCE).until(() -> counted("unavailable") == before + 1);
        assertThat(SIMULATOR.requests().count(Vendor.OAUTH) - asked).isEqualTo(TRIES);
        assertThat(output.getAll()).contains(id + " of " + org + " is not taken back at crm-oauth (unavailable)");
    }

    @Test
    void the_deletion_does_not_wait_for_a_slow_third_party() {
        CredentialId id = connect(null);
        Duration slow = Duration.ofSeconds(5);
        SIMULATOR.faults().add(Vendor.OAUTH, Fault.slow(slow));
        Instant begun = Instant.now();

        delete(id, org, 204);

        assertThat(Duration.between(begun, Instant.now())).isLessThan(slow);
        await().atMost(PATIENCE).until(() -> SIMULATOR.oauth().revocations() == 1);
    }

    @Test
    void without_an_app_nobody_is_asked() {
        CredentialId id = connect(null);
        long asked = SIMULATOR.requests().count(Vendor.OAUTH);
        double before = counted("no_app");
        credentials.list(org, null, 10).stream()
                .filter(known -> known.kind().equals("oauth_app"))
                .forEach(app -> credentials.delete(org, app.id()));

        delete(id, org, 204);

        await().atMost(PATIENCE).until(() -> counted("no_app") == before + 1);
        assertThat(SIMULATOR.requests().count(Vendor.OAUTH)).isEqualTo(asked);
    }

    @Test
    void another_organization_takes_nothing_back() {
        CredentialId id = connect(null);
        long asked = SIMULATOR.requests().count(Vendor.OAUTH);

        delete(id, OrgId.random(), 404);

        act(id);
        awaitContact();
        assertThat(SIMULATOR.requests().count(Vendor.OAUTH)).isEqualTo(asked);
    }

    private void delete(CredentialId id, OrgId by, int status) {
        rest.delete()
                .uri("/v1/credentials/" + id)
                .headers(headers -> headers.setBearerAuth(tokens.mint("user_1", by, InternalTokens.SCOPE_API)))
                .exchange()
                .expectStatus()
                .isEqualTo(status);
    }

    private double counted(String outcome) {
        return meters.counter("engine.oauth.revocations", "connector", "crm-oauth", "outcome", outcome)
                .count();
    }
}
