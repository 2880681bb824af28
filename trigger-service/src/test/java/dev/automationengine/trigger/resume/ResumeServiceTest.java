package dev.automationengine.trigger.resume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.kit.resume.ResumeToken.Kind;
import dev.automationengine.kit.resume.ResumeTokens;
import dev.automationengine.kit.security.InternalTokens;
import dev.automationengine.localstack.LocalStackInitializer;
import dev.automationengine.model.execution.StepEvent;
import dev.automationengine.model.topic.Topic;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.kafka.config.TopicBuilder;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Links of waiting steps, with real Kafka and MongoDB. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ContextConfiguration(initializers = LocalStackInitializer.class)
@AutoConfigureRestTestClient
@ExtendWith(OutputCaptureExtension.class)
class ResumeServiceTest {
    @Autowired
    private RestTestClient http;

    @Autowired
    private InternalTokens internal;

    @Autowired
    private ResumeTokens tokens;

    @Autowired
    private MongoOperations mongo;

    @Autowired
    private MeterRegistry meters;

    @Autowired
    private JsonMapper json;

    @Value("${spring.kafka.bootstrap-servers}")
    private String bootstrap = "";

    private ResumeScene scene;

    @BeforeEach
    void waitingStep(@Autowired KafkaAdmin kafka) {
        // The worker's topic; the worker is not here to create it.
        kafka.createOrModifyTopics(TopicBuilder.name(Topic.Name.STEP_EVENTS)
                .partitions(Topic.STEP_EVENTS.partitions())
                .build());
        scene = new ResumeScene(tokens);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"paid\": true, \"by\": {\"name\": \"Joe\"}} | {\"paid\": true, \"by\": {\"name\": \"Joe\"}}",
                "[1, 2] | {\"body\": [1, 2]}",
                "'' | {}"
            })
    void the_body_of_a_callback_is_what_the_step_gives(String body, String output) {
        post(scene.callback(), body, MediaType.APPLICATION_JSON, null)
                .expectStatus()
                .isAccepted();

        StepEvent.Resumed answer = answer();
        assertThat(json.<JsonNode>valueToTree(answer.output())).isEqualTo(json.readTree(output));
        assertThat(answer.orgId()).isEqualTo(scene.org);
        assertThat(answer.by()).isEqualTo("callback");
        assertThat(answer.traceparent()).isNotNull();
    }

    @Test
    void a_body_that_is_too_large_or_no_json_is_refused() {
        post(scene.callback(), "\"" + "x".repeat(256 * 1024) + "\"", MediaType.APPLICATION_JSON, null)
                .expectStatus()
                .isEqualTo(413);
        post(scene.callback(), "{", MediaType.APPLICATION_JSON, null)
                .expectStatus()
                .isBadRequest();
    }

    @Test
    void opening_a_link_asks_and_decides_nothing(CapturedOutput log) {
        scene.asks(mongo, "<b>Pay</b> 5,000 & go on?", "queued");
        double before = taken("approval");

        String page = page(get(scene.approval("rejected")).expectStatus().isOk());

        assertThat(page)
                .contains("&lt;b&gt;Pay&lt;/b&gt; 5,000 &amp; go on?", "<form method=\"post\">", "name=\"comment\"")
                .containsSubsequence("value=\"rejected\" class=\"first\"", "value=\"approved\"")
                .doesNotContain("<script", "src=", "http://", "https://");
        assertThat(taken("approval")).isEqualTo(before);
        assertThat(log.getAll()).doesNotContain("go on?");
    }

    @Test
    void the_page_loads_nothing_and_tells_its_address_to_nobody() {
        scene.asks(mongo, "Go on?", "queued");
        get(scene.approval("approved"))
                .expectHeader()
                .value(
                        "Content-Security-Policy",
                        policy -> assertThat(policy)
                                .startsWith("default-src 'none'; style-src 'sha256-")
                                .contains("frame-ancestors 'none'", "form-action 'self'")
                                .doesNotContain("unsafe"))
                .expectHeader()
                .valueEquals("Referrer-Policy", "no-referrer")
                .expectHeader()
                .valueEquals(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    @Test
    void a_person_decides_with_the_buttons_and_is_thanked(CapturedOutput log) {
        double before = taken("approval");
        String path = scene.approval("rejected");
        String thanks = page(post(
                        path,
                        "decision=approved&comment=Yes%2C+go+on%21",
                        MediaType.APPLICATION_FORM_URLENCODED,
                        "text/html,application/xhtml+xml,*/*;q=0.8")
                .expectStatus()
                .isAccepted());

        assertThat(thanks).contains("approved");
        StepEvent.Resumed answer = answer();
        assertThat(answer.output()).isEqualTo(Map.of("decision", "approved", "comment", "Yes, go on!"));
        assertThat(answer.by()).isEqualTo("link");
        assertThat(answer.approver()).isEqualTo(1);
        assertThat(taken("approval") - before).isEqualTo(1);
        assertThat(log.getAll())
                .contains(
                        "Answer to a waiting step taken by approval",
                        scene.job.execution().value())
                .doesNotContain("go on!", path.substring(path.lastIndexOf('/')));
    }

    @ParameterizedTest
    @ValueSource(strings = {"approved", "rejected"})
    void a_link_that_is_posted_without_a_body_decides_as_it_says(String choice) {
        post(scene.approval(choice), "", null, null).expectStatus().isAccepted();
        assertThat(answer().output()).isEqualTo(Map.of("decision", choice));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"decision\": \"maybe\"}", "[]", "{\"comment\": 1}"})
    void what_is_no_decision_is_refused(String body) {
        post(scene.approval("approved"), body, MediaType.APPLICATION_JSON, null)
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].detail")
                .exists();
    }

    @Test
    void a_forged_or_cut_link_is_not_found_and_counted() {
        double before = meters.counter(Links.RESUMES, "kind", "unknown", "result", "forged")
                .count();
        String link = scene.approval("approved");
        for (String bad : List.of(link.substring(0, link.length() - 1), "/webhooks/resume/x", "/webhooks/resume/a.b")) {
            post(bad, "", null, null).expectStatus().isNotFound();
            get(bad).expectStatus().isNotFound();
        }
        assertThat(meters.counter(Links.RESUMES, "kind", "unknown", "result", "forged")
                                .count()
                        - before)
                .isEqualTo(6);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_link_whose_time_is_over_says_so(Kind kind) {
        post(scene.expired(kind), "", null, null)
                .expectStatus()
                .isEqualTo(410)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("https://automation-engine.dev/problems/gone");
        assertThat(page(get(scene.expired(kind)).expectStatus().isEqualTo(410))).contains("time to answer is over");
    }

    @Test
    void a_question_that_is_answered_is_not_asked_again() {
        get(scene.approval("approved")).expectStatus().isEqualTo(410);
        scene.asks(mongo, "Go on?", "completed");
        assertThat(page(get(scene.approval("approved")).expectStatus().isEqualTo(410)))
                .doesNotContain("Go on?");
    }

    @Test
    void a_link_that_is_opened_before_the_question_is_asked_says_so() {
        scene.asks(mongo, null, "pending");
        assertThat(page(get(scene.approval("approved")).expectStatus().isOk()))
                .contains("has not come to this question yet", "<button");
    }

    @Test
    void a_callback_has_no_page() {
        get(scene.callback()).expectStatus().isNotFound();
    }

    private StepEvent.Resumed answer() {
        return ResumeScene.answered(bootstrap, json, scene.job);
    }

    private double taken(String kind) {
        return meters.counter(Links.RESUMES, "kind", kind, "result", "accepted").count();
    }

    private static String page(RestTestClient.ResponseSpec answer) {
        return String.valueOf(answer.expectHeader()
                .contentType("text/html;charset=UTF-8")
                .expectBody(String.class)
                .returnResult()
                .getResponseBody());
    }

    private RestTestClient.ResponseSpec get(String path) {
        return http.get()
                .uri(path)
                .header(HttpHeaders.AUTHORIZATION, webhook())
                .header(HttpHeaders.ACCEPT, "text/html,application/xhtml+xml,*/*;q=0.8")
                .exchange();
    }

    private RestTestClient.ResponseSpec post(
            String path, String body, @Nullable MediaType type, @Nullable String accept) {
        return http.post()
                .uri(path)
                .headers(headers -> {
                    headers.set(HttpHeaders.AUTHORIZATION, webhook());
                    headers.setContentType(type);
                    headers.set(HttpHeaders.ACCEPT, accept == null ? "*/*" : accept);
                })
                .body(body.getBytes(StandardCharsets.UTF_8))
                .exchange();
    }

    private String webhook() {
        return "Bearer " + internal.mint("webhooks", null, InternalTokens.SCOPE_WEBHOOK);
    }
}
