package dev.automationengine.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.automationengine.connectors.action.ActionCall;
import dev.automationengine.connectors.action.ActionResult;
import dev.automationengine.connectors.action.ActionRunner;
import dev.automationengine.connectors.vault.Credential;
import dev.automationengine.connectors.vault.CredentialVault;
import dev.automationengine.localstack.LocalStack;
import dev.automationengine.localstack.simulator.Fault;
import dev.automationengine.localstack.simulator.Vendor;
import dev.automationengine.model.execution.ErrorClass;
import dev.automationengine.model.execution.StepEvent;
import dev.automationengine.worker.claim.JobPoller;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** The holder of a job falls silent, before it acted or after: what the third party sees, for every effect mode. */
class EffectModesTest extends WorkerScene {
    private static final Map<String, Object> MESSAGE = Map.of(
            "to",
            "+16505551234",
            "template",
            Map.of("name", "lead_welcome", "language", "en_US", "parameters", List.of("Joe")));

    @Autowired
    private JobPoller poller;

    @Autowired
    private ActionRunner actions;

    @Autowired
    private CredentialVault vault;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void idempotent_is_repeated(boolean acted) {
        Map<String, Object> put = Map.of("method", "PUT", "url", SIMULATOR.url() + "/echo/" + job.execution());
        holderDies("HTTP_REQUEST", put, null, acted);

        assertThat(last(1)).isInstanceOf(StepEvent.Completed.class);
        assertThat(SIMULATOR.requests().of(Vendor.ECHO))
                .hasSize(acted ? 2 : 1)
                .allMatch(request -> request.path().endsWith(job.execution().value()));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void keyed_is_repeated_with_the_same_key_and_happens_once(boolean acted) {
        storeCrm();
        holderDies("CRM_INSERT", Map.of("field_mapping", CONTACT), "crm_http", acted);

        assertThat(last(1)).isInstanceOf(StepEvent.Completed.class);
        assertThat(SIMULATOR.requests().count(Vendor.CRM)).isEqualTo(acted ? 2 : 1);
        assertThat(contacts()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void verifiable_is_looked_for_and_happens_once(boolean acted) {
        storeCrm();
        holderDies("CRM_INSERT_VERIFIED", Map.of("field_mapping", CONTACT), "crm_http", acted);

        StepEvent.Completed completed = (StepEvent.Completed) last(1);
        assertThat(SIMULATOR.effects().contacts())
                .singleElement()
                .satisfies(contact -> assertThat(completed.output())
                        .containsEntry("id", contact.id())
                        .containsKey("contact"));
        assertThat(SIMULATOR.requests().of(Vendor.CRM).getLast().method()).isEqualTo(acted ? "GET" : "POST");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void unsafe_is_held_for_a_person(boolean acted) {
        storeWhatsApp();
        holderDies("SEND_WHATSAPP", MESSAGE, "whatsapp", acted);

        StepEvent.Failed failed = (StepEvent.Failed) last(1);
        assertThat(failed.error().code()).isEqualTo("outcome_unknown");
        assertThat(messages()).hasSize(acted ? 1 : 0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void unsafe_is_repeated_where_the_author_says_so(boolean acted) {
        storeWhatsApp();
        storeExecution("SEND_WHATSAPP", MESSAGE);
        setWork("on_unknown", "repeat");
        holderDies("SEND_WHATSAPP", MESSAGE, acted, credential("whatsapp"));

        assertThat(last(1)).isInstanceOf(StepEvent.Completed.class);
        assertThat(messages()).hasSize(acted ? 2 : 1);
    }

    @Test
    void a_verifiable_action_whose_answer_is_lost_is_looked_for() {
        storeCrm();
        storeExecution("CRM_INSERT_VERIFIED", Map.of("field_mapping", CONTACT));
        SIMULATOR.faults().add(Vendor.CRM, Fault.lostResponse().times(1));
        enqueue(false);

        assertThat(last(2)).isInstanceOf(StepEvent.Completed.class);
        assertThat(SIMULATOR.effects().contacts()).hasSize(1);
    }

    @Test
    void a_look_that_fails_is_tried_again_and_puts_nothing_into_doubt() {
        storeCrm();
        SIMULATOR
                .faults()
                .add(Vendor.CRM, Fault.status(503).matching("external_id=").times(1));
        holderDies("CRM_INSERT_VERIFIED", Map.of("field_mapping", CONTACT), "crm_http", true);

        StepEvent last = last(2);
        assertThat(last).isInstanceOf(StepEvent.Completed.class);
        StepEvent.AttemptFailed look = (StepEvent.AttemptFailed)
                outcomes(LocalStack.shared().kafkaBootstrap(), 2).getFirst();
        assertThat(look.error().errorClass()).isEqualTo(ErrorClass.OUTAGE);
        assertThat(SIMULATOR.effects().contacts()).hasSize(1);
    }

    @Test
    void a_redriven_action_keeps_its_key_and_is_looked_for_though_its_job_is_new() {
        storeCrm();
        storeExecution("CRM_INSERT_VERIFIED", Map.of("field_mapping", CONTACT));
        String root = "exec_root" + org.value() + ":" + STEP;
        setWork("effect_key", root);
        actions.run(call("CRM_INSERT_VERIFIED", Map.of("field_mapping", CONTACT), root, credential("crm_http")));
        enqueue(false);

        assertThat(last(1)).isInstanceOf(StepEvent.Completed.class);
        assertThat(SIMULATOR.effects().contacts())
                .singleElement()
                .satisfies(contact -> assertThat(contact.fields()).containsEntry("external_id", root));
    }

    @Test
    void a_keyed_action_is_known_by_its_effect_key() {
        storeCrm();
        storeExecution("CRM_INSERT", Map.of("field_mapping", CONTACT));
        setWork("effect_key", "exec_root:" + STEP);
        enqueue(false);

        assertThat(last(1)).isInstanceOf(StepEvent.Completed.class);
        assertThat(SIMULATOR.effects().contacts())
                .singleElement()
                .satisfies(contact -> assertThat(contact.idempotencyKey()).isEqualTo("exec_root:" + STEP));
    }

    private void holderDies(String action, Map<String, Object> input, @Nullable String kind, boolean acted) {
        storeExecution(action, input);
        holderDies(action, input, acted, kind == null ? null : credential(kind));
    }

    /** Another worker claims the job, acts or not, and is never heard of again: its lease ends in Redis. */
    private void holderDies(String action, Map<String, Object> input, boolean acted, @Nullable Credential credential) {
        poller.stop();
        enqueue(false);
        await().until(() -> !queue.claim("dead", 1, Duration.ofMillis(500)).isEmpty());
        if (acted) {
            assertThat(actions.run(call(action, input, job.value(), credential)))
                    .isInstanceOf(ActionResult.Succeeded.class);
        }
        await().atMost(Duration.ofSeconds(10)).until(() -> queue.rescue(100) == 1);
        poller.start();
    }

    private ActionCall call(String action, Map<String, Object> input, String key, @Nullable Credential credential) {
        return new ActionCall(org, key, action, Map.copyOf(input), credential, Duration.ofSeconds(5), false);
    }

    private Credential credential(String kind) {
        return vault.findOnly(org, kind, Map.of()).orElseThrow();
    }

    /** The last of so many outcomes; retries are promoted meanwhile, as the scheduler does. */
    private StepEvent last(int outcomes) {
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            queue.promote(100);
            return queue.stats().delayed()
                            + queue.stats().ready()
                            + queue.stats().leased()
                    == 0;
        });
        List<StepEvent> events = outcomes(LocalStack.shared().kafkaBootstrap(), outcomes);
        assertThat(events).hasSize(outcomes);
        return events.getLast();
    }
}
