package dev.automationengine.systemtests.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.automationengine.systemtests.fleet.Fleet;
import dev.automationengine.systemtests.fleet.FleetExtension;
import dev.automationengine.systemtests.fleet.Http;
import dev.automationengine.systemtests.fleet.Tenant;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Several processes of worker-service share a connection of a third party that ends the whole grant when a refresh token
 * comes twice.
 */
@ExtendWith(FleetExtension.class)
class ConnectionFleetTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final List<String> WORKERS = List.of("worker-service", "worker-service-2", "worker-service-3");
    private static final int AT_ONCE = 6;
    private static final int REFRESHES = 4;

    private final Fleet fleet;
    private final Tenant tenant;
    private final WebhookWorkflows workflows;
    private final ConsentCrm crm;

    ConnectionFleetTest(Fleet fleet) {
        this.fleet = fleet;
        this.tenant = fleet.tenant("Connected by many");
        this.workflows = new WebhookWorkflows(fleet, tenant);
        this.crm = ConsentCrm.of(fleet, tenant);
        fleet.workers(WORKERS.size());
    }

    @AfterEach
    void onlyOneWorker() {
        WORKERS.stream().skip(1).forEach(worker -> fleet.engine("kill", worker));
    }

    @Test
    void of_many_workers_one_refreshes_and_no_refresh_token_is_used_twice() {
        crm.lifetime(3);
        String workflow = workflows.create("shared", ConsentCrm.steps(crm.connect()));
        int reuses = crm.reuses();
        int refreshes = crm.refreshes();
        List<Double> claimed = WORKERS.stream().map(this::claimed).toList();

        int calls = calledTogetherUntil(() -> crm.refreshes() >= refreshes + REFRESHES);

        workflows.awaitCompleted(workflow, calls);
        crm.plantTokens();
        assertThat(crm.reuses()).isEqualTo(reuses);
        assertThat(tenant.deadLetters()).isEmpty();
        assertThat(IntStream.range(0, WORKERS.size()))
                .allSatisfy(i ->
                        assertThat(claimed(WORKERS.get(i))).as(WORKERS.get(i)).isGreaterThan(claimed.get(i)));
    }

    @Test
    void workers_that_die_before_they_store_new_tokens_leave_jobs_that_a_new_consent_drains() {
        crm.lifetime(1_800);
        String connection = crm.connect();
        String workflow = workflows.create("doubtful", ConsentCrm.steps(connection));
        int refreshes = crm.refreshes();
        int reuses = crm.reuses();
        crm.endAccess();
        // The third party rotates the token, and what it answers reaches nobody who lives.
        tenant.control(
                "/control/faults/oauth",
                Map.of("answer_delay_ms", 60_000, "match", "grant_type=refresh_token", "times", 1));
        List<String> people = List.of("doubt1@example.com", "doubt2@example.com");
        workflows.call("doubtful", Map.of("email", people.getFirst()));
        await().atMost(SOON).until(() -> crm.refreshes() == refreshes + 1);
        WORKERS.forEach(worker -> fleet.engine("kill", worker));
        WORKERS.forEach(worker -> fleet.engine("restart", worker));
        workflows.call("doubtful", Map.of("email", people.getLast()));

        await().atMost(SOON)
                .until(() -> crm.connection(connection).path("state").asString().equals("broken"));
        assertThat(crm.connection(connection).path("reason").asString()).isEqualTo("refresh_answer_lost");
        assertThat(crm.reuses())
                .as("the old token, which could not be known to be used up")
                .isEqualTo(reuses + 1);
        await().atMost(SOON).until(() -> metric("worker-service", "engine_oauth_broken_connections") >= 1);
        assertThat(tenant.deadLetters()).isEmpty();
        assertThat(workflows.completed(workflow)).isZero();

        crm.reconnect(connection);

        workflows.awaitCompleted(workflow, people.size());
        crm.plantTokens();
        assertThat(people)
                .allSatisfy(
                        email -> assertThat(tenant.contacts(email)).as(email).hasSize(1));
        assertThat(tenant.deadLetters()).isEmpty();
        await().atMost(SOON).until(() -> metric("worker-service", "engine_oauth_broken_connections") == 0);
    }

    private int calledTogetherUntil(BooleanSupplier enough) {
        AtomicInteger calls = new AtomicInteger();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            await().atMost(SOON).pollInterval(Duration.ofMillis(300)).until(() -> {
                for (int each = 0; each < AT_ONCE; each++) {
                    int call = calls.incrementAndGet();
                    callers.execute(() -> workflows.call("shared", Map.of("email", "shared" + call + "@example.com")));
                }
                return enough.getAsBoolean();
            });
        }
        return calls.get();
    }

    private double claimed(String worker) {
        return metric(worker, "engine_worker_claimed_total");
    }

    private double metric(String worker, String name) {
        return Http.send("GET", fleet.service(worker, "/actuator/prometheus"), null, null)
                .text()
                .lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
