package dev.automationengine.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import dev.automationengine.model.event.AutomationEvent;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.WorkflowId;
import dev.automationengine.model.topic.Topic;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Tests without effects, through the service. */
@Import(TrialTest.Writes.class)
class TrialTest extends DispatcherScene {
    private static final Set<String> READS =
            Set.of("find", "getMore", "aggregate", "count", "hello", "ping", "endSessions");
    private static final Queue<String> WRITES = new ConcurrentLinkedQueue<>();
    private static final String JOE = """
            {"payload": {"fields": {"email": "joe@example.com", "full_name": "Joe", "phone_number": "+49301"}}%s}
            """;

    @Autowired
    MeterRegistry meters;

    @Test
    void tells_what_every_step_would_have_done() {
        WorkflowId workflow = create(Seed.JSON);

        Map<String, Object> report = rest().postMap(
                        "/v1/workflows/" + workflow + ":test",
                        JOE.formatted(", \"mocks\": {\"step_2\": {\"id\": \"c_7\"}}"));

        assertThat(report).containsEntry("status", "completed").containsEntry("version", 1);
        assertThat((List<?>) report.get("findings")).isEmpty();
        assertThat(step(report, "step_1").get("decisions"))
                .isEqualTo(List.of(Map.of(
                        "at",
                        "condition",
                        "held",
                        true,
                        "condition",
                        Map.of("field", "email", "operator", "NOT_NULL", "actual", "joe@example.com", "held", true))));
        assertThat(step(report, "step_2"))
                .containsEntry("status", "completed")
                .containsEntry("mocked", "given")
                .containsEntry("output", Map.of("id", "c_7"))
                .containsEntry(
                        "input",
                        Map.of("field_mapping", Map.of("email", "joe@example.com", "name", "Joe", "phone", "+49301")));
        assertThat(step(report, "step_3")).containsEntry("mocked", "example");
        assertThat(String.valueOf(step(report, "step_3").get("output"))).contains("message_status=accepted");
    }

    @Test
    void what_cannot_be_filled_in_is_a_finding() {
        WorkflowId workflow = create(Seed.JSON);

        Map<String, Object> report = rest().postMap(
                        "/v1/workflows/" + workflow + ":test",
                        "{\"payload\": {\"fields\": {\"email\": \"joe@example.com\", \"full_name\": \"Joe\"}}}");

        assertThat(pointers(report))
                .containsExactly("/steps/1/config/field_mapping/phone", "/steps/2/config/to", "/steps/2/config/to");
        assertThat(String.valueOf(report.get("findings")))
                .contains("there is nothing at trigger.fields.phone_number", "filled in, it is missing");
    }

    @Test
    void a_filter_that_is_not_passed_says_why_and_nothing_behind_it_runs() {
        WorkflowId workflow = create(Seed.JSON);

        Map<String, Object> report = rest().postMap("/v1/workflows/" + workflow + ":test", "{}");

        assertThat(report).containsEntry("status", "filtered");
        assertThat(String.valueOf(step(report, "step_1").get("decisions"))).contains("held=false");
        assertThat(step(report, "step_2"))
                .containsEntry("status", "skipped")
                .doesNotContainKeys("input", "mocked", "started_at");
    }

    @Test
    void a_step_may_be_told_to_fail() {
        WorkflowId workflow = create(Seed.JSON);

        Map<String, Object> report = rest().postMap(
                        "/v1/workflows/" + workflow + ":test",
                        JOE.formatted(", \"errors\": {\"step_2\": {\"code\": \"crm_503\", \"message\": \"Down.\"}}"));

        assertThat(report).containsEntry("status", "failed");
        assertThat(String.valueOf(step(report, "step_2").get("error"))).contains("crm_503");
        assertThat(mongo().getCollection("dead_letters").countDocuments(new Document("org_id", org.value())))
                .isZero();
    }

    @Test
    void a_definition_comes_with_the_request_and_time_is_jumped_over() {
        Map<String, Object> report = rest().postMap("/v1/workflows:test", """
                {"at": "2026-11-23T10:00:00Z", "payload": {"body": {"contacts": [{"n": 1}, {"n": 2}], "token": "t"}},
                 "definition": {"name": "Each, later", "trigger": {"type": "WEBHOOK", "config": {"path": "x"}},
                  "steps": [
                   {"id": "wait", "type": "DELAY", "duration": "PT72H"},
                   {"id": "all", "type": "FOR_EACH", "depends_on": ["wait"], "items": "{{ trigger.body.contacts }}",
                    "steps": [
                     {"id": "crm", "type": "ACTION", "action": "HTTP_REQUEST",
                      "config": {"url": "https://example.com", "headers": {"Authorization": "abc"},
                                 "body": "{{ item.n }}"}}]}]}}
                """);

        assertThat(report)
                .containsEntry("status", "completed")
                .containsEntry("ended_at", "2026-11-26T10:00:00Z")
                .doesNotContainKey("workflow_id");
        assertThat(step(report, "wait")).containsEntry("input", Map.of("until", "2026-11-26T10:00:00Z"));
        List<?> children = (List<?>) step(report, "all").get("children");
        assertThat(children).hasSize(2);
        assertThat(String.valueOf(children.getLast()))
                .contains("body=2", "Authorization=***")
                .doesNotContain("abc");
    }

    @Test
    void a_run_without_end_is_cut_off_and_says_so() {
        String items = IntStream.range(0, 1_000).mapToObj(String::valueOf).collect(Collectors.joining(","));

        Map<String, Object> report = rest().postMap("/v1/workflows:test", """
                {"payload": {"list": [%s]},
                 "definition": {"name": "Many", "trigger": {"type": "WEBHOOK", "config": {"path": "x"}},
                  "steps": [
                   {"id": "all", "type": "FOR_EACH", "items": "{{ trigger.list }}", "concurrency": 50,
                    "steps": [
                     {"id": "a", "type": "DELAY", "duration": "PT1H"},
                     {"id": "b", "type": "DELAY", "duration": "PT1H", "depends_on": ["a"]},
                     {"id": "c", "type": "DELAY", "duration": "PT1H", "depends_on": ["b"]}]}]}}
                """.formatted(items));

        assertThat(report).containsEntry("status", "in_progress");
        assertThat(report.get("stop")).isIn("steps", "time");
        assertThat((List<?>) step(report, "all").get("children")).hasSize(20);
    }

    @Test
    void a_definition_that_cannot_run_is_refused_with_all_findings() {
        Map<String, Object> problem =
                rest().postMap("/v1/workflows:test", "{\"definition\": {\"name\": \"\", \"steps\": []}}");

        assertThat(problem).containsEntry("status", 400);
        assertThat(String.valueOf(problem.get("errors"))).contains("/definition/name", "/definition/steps");
    }

    @Test
    void a_definition_whose_credential_is_not_there_is_refused() {
        HttpResponse<String> refused = rest().post("/v1/workflows:test", """
                {"definition": {"name": "x", "trigger": {"type": "MANUAL"}, "steps": [
                  {"id": "call", "type": "ACTION", "action": "HTTP_REQUEST", "credential_id": "cred_gone",
                   "config": {"url": "https://example.com"}}]}}
                """);

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("/definition/steps/0/credential_id");
    }

    @Test
    void a_past_event_is_taken_up_and_other_organizations_have_none_of_it() {
        WorkflowId workflow = create(Seed.JSON);
        AutomationEvent event = remembered(lead(Map.of("email", "joe@example.com")));
        String request = "{\"event_id\": \"" + event.id() + "\"}";

        Map<String, Object> report = rest().postMap("/v1/workflows/" + workflow + ":test", request);

        assertThat(report)
                .containsEntry("listens", true)
                .containsEntry("event_id", event.id().value());
        assertThat(String.valueOf(step(report, "step_2").get("input"))).contains("joe@example.com");
        org = OrgId.random();
        assertThat(rest().ofOrg(org)
                        .post("/v1/workflows/" + workflow + ":test", request)
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void nothing_is_written_queued_or_published() throws Exception {
        WorkflowId workflow = create(Seed.JSON);
        change(workflow);
        Map<TopicPartition, Long> published = ends();
        long scripts = scripts();
        WRITES.clear();

        Map<String, Object> report = rest().postMap("/v1/workflows/" + workflow + ":test", JOE.formatted(""));

        assertThat(report).containsEntry("status", "completed");
        assertThat(WRITES).isEmpty();
        assertThat(scripts()).isEqualTo(scripts);
        assertThat(ends()).isEqualTo(published);
    }

    private static Map<?, ?> found(Map<String, Object> report, String id) {
        return ((List<?>) Objects.requireNonNull(report.get("steps")))
                .stream()
                        .map(each -> (Map<?, ?>) each)
                        .filter(each -> id.equals(each.get("id")))
                        .findFirst()
                        .orElseThrow();
    }

    private static Map<String, Object> step(Map<String, Object> report, String id) {
        return found(report, id).entrySet().stream()
                .collect(Collectors.toMap(each -> String.valueOf(each.getKey()), Map.Entry::getValue));
    }

    private static List<String> pointers(Map<String, Object> report) {
        return ((List<?>) Objects.requireNonNull(report.get("findings")))
                .stream()
                        .map(each -> String.valueOf(((Map<?, ?>) each).get("pointer")))
                        .toList();
    }

    private long scripts() {
        return meters.find("engine.queue.script").tag("script", "enqueue").timers().stream()
                .mapToLong(Timer::count)
                .sum();
    }

    private Map<TopicPartition, Long> ends() throws Exception {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka))) {
            Map<TopicPartition, OffsetSpec> wanted = Stream.of(Topic.values())
                    .flatMap(topic -> Stream.iterate(0, i -> i + 1)
                            .limit(topic.partitions())
                            .map(i -> new TopicPartition(topic.topicName(), i)))
                    .collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest()));
            return admin.listOffsets(wanted).all().get().entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, each -> each.getValue().offset()));
        }
    }

    @TestConfiguration
    static class Writes {
        @Bean
        MongoClientSettingsBuilderCustomizer seeWrites() {
            return settings -> settings.addCommandListener(new CommandListener() {
                @Override
                public void commandStarted(CommandStartedEvent event) {
                    if (!READS.contains(event.getCommandName())) {
                        WRITES.add(event.getCommandName());
                    }
                }
            });
        }
    }
}
