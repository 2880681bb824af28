package dev.automationengine.systemtests.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.automationengine.systemtests.fleet.Fleet;
import dev.automationengine.systemtests.fleet.FleetExtension;
import dev.automationengine.systemtests.fleet.Http;
import dev.automationengine.systemtests.fleet.Tenant;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A CRM that a person connects by consent, through the whole fleet: used while its tokens end, broken, and mended. */
@ExtendWith(FleetExtension.class)
class ConnectionJourneyTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int REFRESHES = 3;

    private final Fleet fleet;
    private final Tenant tenant;
    private final WebhookWorkflows workflows;

    ConnectionJourneyTest(Fleet fleet) {
        this.fleet = fleet;
        this.tenant = fleet.tenant("Connected");
        this.workflows = new WebhookWorkflows(fleet, tenant);
    }

    @Test
    void tokens_end_while_jobs_run_the_grant_is_revoked_and_a_person_connects_anew() {
        ConsentCrm crm = ConsentCrm.of(fleet, tenant);
        crm.lifetime(3);
        String connection = crm.connect();
        String workflow = workflows.create("consented", ConsentCrm.steps(connection));

        int reuses = crm.reuses();
        int calls = calledWhileTokensEnd(crm);
        workflows.awaitCompleted(workflow, calls);
        assertThat(crm.reuses()).as("a refresh token is used once").isEqualTo(reuses);

        crm.plantTokens();
        crm.revoke();
        workflows.call("consented", Map.of("email", "waits@example.com"));
        await().atMost(SOON)
                .until(() -> crm.connection(connection).path("state").asString().equals("broken"));
        fleet.engine("kill", "worker-service");
        fleet.engine("restart", "worker-service");
        assertThat(tenant.deadLetters()).isEmpty();
        assertThat(workflows.completed(workflow)).isEqualTo(calls);

        crm.reconnect(connection);
        workflows.awaitCompleted(workflow, calls + 1);
        crm.plantTokens();
        assertThat(crm.connection(connection).path("state").asString()).isEqualTo("active");
    }

    @Test
    void a_state_that_was_not_given_out_or_was_used_gets_nothing() {
        Http.Answer forged = Http.send("GET", fleet.api("/oauth/callback?code=x&state=forged"), null, null);

        assertThat(forged.status()).as(forged.text()).isEqualTo(410);
        assertThat(forged.text()).doesNotContain("forged");
    }

    /** Calls until the tokens have been refreshed some times; tells how often it called. */
    private int calledWhileTokensEnd(ConsentCrm crm) {
        int before = crm.refreshes();
        AtomicInteger calls = new AtomicInteger();
        await().atMost(SOON).pollInterval(Duration.ofMillis(200)).until(() -> {
            workflows.call("consented", Map.of("email", "lead" + calls.incrementAndGet() + "@example.com"));
            return crm.refreshes() >= before + REFRESHES;
        });
        return calls.get();
    }
}
