package dev.automationengine.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.automationengine.connectors.vault.ConnectionSummary;
import dev.automationengine.localstack.simulator.CrmContact;
import dev.automationengine.localstack.simulator.Fault;
import dev.automationengine.localstack.simulator.Vendor;
import dev.automationengine.model.id.CredentialId;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.data.mongodb.core.query.Update;

/** Access tokens end, and refresh tokens are good once only: whatever happens, each is used once. */
class OAuthRefreshTest extends OAuthScene {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Set<String> OURS =
            Set.of("Inlined Test Properties", "localStack", "Dynamic Test Properties", "test");

    @Autowired
    private ConfigurableEnvironment environment;

    @Autowired
    private MeterRegistry meters;

    @Test
    void three_workers_with_an_ended_token_refresh_it_once() {
        CredentialId id = connectedUntil(Duration.ofSeconds(1));
        SIMULATOR.oauth().lifetime(Duration.ofHours(1));
        ended(id);
        List<ConfigurableApplicationContext> others = List.of(worker(), worker());
        try {
            Set<String> jobs = new HashSet<>();
            for (int i = 0; i < 60; i++) {
                act(id);
                jobs.add(job.value());
            }
            await().atMost(PATIENCE).until(() -> made(jobs));
        } finally {
            others.forEach(ConfigurableApplicationContext::close);
        }
        assertThat(SIMULATOR.oauth().refreshes()).isEqualTo(1);
        assertThat(SIMULATOR.oauth().reuses()).isZero();
        assertThat(SIMULATOR.requests().count(Vendor.CRM)).isEqualTo(60);
    }

    @Test
    void what_an_alert_counts_is_there_before_it_happens() {
        assertThat(List.of("refused", "no_app", "lost"))
                .allSatisfy(outcome -> await().atMost(PATIENCE)
                        .until(() -> meters.find("engine.oauth.refreshes")
                                        .tags("connector", "google-sheets", "outcome", outcome)
                                        .counter()
                                != null));
    }

    @Test
    void a_token_is_renewed_before_it_ends_while_jobs_go_on_with_the_old_one() {
        CredentialId id = connectedUntil(Duration.ofSeconds(20));
        Instant end = expiresAt(id);
        await().atMost(PATIENCE).until(() -> {
            act(id);
            awaitContact();
            return SIMULATOR.oauth().refreshes() == 1;
        });
        assertThat(Instant.now()).isBefore(end);
        assertThat(SIMULATOR.requests().of(Vendor.CRM)).isNotEmpty();
    }

    @Test
    void a_connection_whose_consent_was_taken_back_parks_its_jobs_until_it_is_connected_anew() {
        CredentialId id = connectedUntil(Duration.ofSeconds(1));
        SIMULATOR.oauth().revokeAll();
        ended(id);
        List<String> jobs = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            act(id);
            jobs.add(job.value());
        }
        ConnectionSummary broken = awaitBroken(id);
        assertThat(broken.reason()).isEqualTo("invalid_grant");
        assertThat(broken.since()).isNotNull();
        assertThat(meters.counter("engine.oauth.broken", "kind", "crm_oauth", "reason", "invalid_grant")
                        .count())
                .isEqualTo(1);
        await().atMost(PATIENCE)
                .until(() ->
                        meters.get("engine.oauth.broken.connections").gauge().value() >= 1);
        assertThat(SIMULATOR.requests().count(Vendor.CRM)).isZero();

        SIMULATOR.oauth().lifetime(Duration.ofHours(1));
        connect(id);

        assertThat(shown(id).state()).isEqualTo(ConnectionSummary.State.ACTIVE);
        await().atMost(PATIENCE).until(() -> made(jobs));
        assertThat(SIMULATOR.requests().count(Vendor.CRM)).isEqualTo(jobs.size());
    }

    @Test
    void a_token_url_that_fails_is_asked_again_and_its_jobs_wait() {
        CredentialId id = connectedUntil(Duration.ofSeconds(1));
        SIMULATOR.oauth().lifetime(Duration.ofHours(1));
        ended(id);
        SIMULATOR.faults().add(Vendor.OAUTH, Fault.status(500).times(2));
        act(id);
        awaitContact();
        assertThat(shown(id).state()).isEqualTo(ConnectionSummary.State.ACTIVE);
        assertThat(SIMULATOR.oauth().refreshes()).isEqualTo(1);
    }

    @Test
    void while_the_token_url_fails_the_old_token_serves() {
        CredentialId id = connectedUntil(Duration.ofHours(1));
        SIMULATOR.faults().add(Vendor.OAUTH, Fault.status(500));
        neglected(id);
        await().atMost(PATIENCE).until(() -> state(id).getInteger("failures", 0) > 0);
        act(id);
        awaitContact();
        assertThat(shown(id).state()).isEqualTo(ConnectionSummary.State.ACTIVE);
    }

    @Test
    void a_connection_that_nobody_uses_is_refreshed_all_the_same() {
        CredentialId id = connectedUntil(Duration.ofHours(1));
        neglected(id);
        await().atMost(PATIENCE).until(() -> SIMULATOR.oauth().refreshes() == 1);
        await().atMost(PATIENCE).until(() -> state(id).getDate("keep_alive_at").after(new Date()));
    }

    @Test
    void a_token_that_ends_before_its_time_is_replaced_once_and_the_job_goes_on() {
        CredentialId id = connectedUntil(Duration.ofHours(1));
        SIMULATOR.oauth().endAccess();
        act(id);
        awaitContact();
        assertThat(SIMULATOR.oauth().refreshes()).isEqualTo(1);
        assertThat(SIMULATOR.requests().count(Vendor.CRM)).isEqualTo(2);
    }

    @Test
    void a_new_token_that_is_refused_too_breaks_the_connection_and_not_the_job() {
        CredentialId id = connectedUntil(Duration.ofHours(1));
        SIMULATOR.faults().add(Vendor.CRM, Fault.status(401));
        act(id);
        assertThat(awaitBroken(id).reason()).isEqualTo("token_refused");
        assertThat(SIMULATOR.oauth().refreshes()).isEqualTo(1);
        SIMULATOR.faults().clear();
        connect(id);
        awaitContact();
    }

    @Test
    void a_lost_answer_of_a_third_party_that_rotates_is_told_as_what_it_is() {
        CredentialId id = connectedUntil(Duration.ofSeconds(1));
        SIMULATOR.faults().add(Vendor.OAUTH, Fault.lostResponse().times(1));
        ended(id);
        act(id);
        assertThat(awaitBroken(id).reason()).isEqualTo("refresh_answer_lost");
        connect(id);
        awaitContact();
    }

    @Test
    void a_lost_answer_of_a_third_party_that_does_not_rotate_costs_nothing_but_time() {
        SIMULATOR.oauth().rotates(false);
        CredentialId id = connectedUntil(Duration.ofSeconds(1));
        SIMULATOR.oauth().lifetime(Duration.ofHours(1));
        SIMULATOR.faults().add(Vendor.OAUTH, Fault.lostResponse().times(1));
        ended(id);
        act(id);
        awaitContact();
        assertThat(SIMULATOR.oauth().refreshes()).isEqualTo(2);
    }

    private boolean made(Collection<String> jobs) {
        promote();
        return SIMULATOR.effects().contacts().stream()
                .map(CrmContact::idempotencyKey)
                .collect(Collectors.toSet())
                .containsAll(jobs);
    }

    private CredentialId connectedUntil(Duration lifetime) {
        SIMULATOR.oauth().lifetime(lifetime);
        return connect(null);
    }

    private void ended(CredentialId id) {
        Instant end = expiresAt(id);
        await().atMost(PATIENCE).until(() -> Instant.now().isAfter(end));
    }

    private Instant expiresAt(CredentialId id) {
        return Objects.requireNonNull(shown(id).expiresAt());
    }

    private ConnectionSummary awaitBroken(CredentialId id) {
        return await().atMost(PATIENCE)
                .until(
                        () -> {
                            promote();
                            return shown(id);
                        },
                        shown -> shown.state() == ConnectionSummary.State.BROKEN);
    }

    private Document state(CredentialId id) {
        Document found = mongo.findOne(
                query(where("_id").is(id.value()).and("org_id").is(org.value())), Document.class, "credentials");
        return Objects.requireNonNull(found).get("oauth", Document.class);
    }

    /** Nobody used it for long. */
    private void neglected(CredentialId id) {
        mongo.updateFirst(
                query(where("_id").is(id.value()).and("org_id").is(org.value())),
                Update.update("oauth.keep_alive_at", Date.from(Instant.EPOCH.plusSeconds(1))),
                "credentials");
    }

    /** One more worker, with the settings of this one. */
    private ConfigurableApplicationContext worker() {
        return new SpringApplicationBuilder(WorkerApplication.class)
                .initializers(context -> environment.getPropertySources().stream()
                        .filter(source -> OURS.contains(source.getName()))
                        .toList()
                        .reversed()
                        .forEach((PropertySource<?> source) ->
                                context.getEnvironment().getPropertySources().addFirst(source)))
                .run();
    }
}
