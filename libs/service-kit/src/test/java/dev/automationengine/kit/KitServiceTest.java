package dev.automationengine.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.kit.security.InternalTokens;
import dev.automationengine.model.id.OrgId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

/** A service of the kit alone: Kafka, Redis and MongoDB are away, and it starts and answers all the same. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.import=classpath:engine-defaults.yml",
            "spring.application.name=kit-test",
            "spring.kafka.bootstrap-servers=localhost:1",
            "spring.mongodb.uri=mongodb://localhost:1/none",
            "engine.redis.addresses=redis://localhost:1",
            "engine.topics.owner=TRIGGER",
            "engine.security.internal-token-keys=new-key-of-at-least-32-characters!,old-key-of-at-least-32-characters!"
        })
@AutoConfigureRestTestClient
class KitServiceTest {
    private static final OrgId ORG = OrgId.random();
    private static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";

    @Autowired
    private RestTestClient anonymous;

    @Autowired
    private InternalTokens tokens;

    private RestTestClient gateway;

    @BeforeEach
    void signIn() {
        gateway = withToken(tokens.mint("key_1", ORG, InternalTokens.SCOPE_API));
    }

    @Test
    void a_request_without_a_token_gets_401() {
        anonymous
                .get()
                .uri("/org")
                .exchange()
                .expectStatus()
                .isUnauthorized()
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("https://automation-engine.dev/problems/unauthenticated");
    }

    @Test
    void a_token_that_was_tampered_with_gets_401() {
        String token = tokens.mint("key_1", ORG, InternalTokens.SCOPE_API);
        String tampered = token.substring(0, token.lastIndexOf('.') + 1) + "AAAA";
        withToken(tampered).get().uri("/org").exchange().expectStatus().isUnauthorized();
    }

    @Test
    void the_organization_comes_from_the_token_and_the_trace_from_the_header() {
        gateway.get()
                .uri("/org")
                .header("traceparent", "00-" + TRACE_ID + "-b7ad6b7169203331-01")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.org_id")
                .isEqualTo(ORG.value())
                .jsonPath("$.traceparent")
                .value(String.class, value -> assertThat(value).contains(TRACE_ID));
    }

    @Test
    void a_token_without_an_organization_is_forbidden_where_one_is_needed() {
        withToken(tokens.mint("meta", null, InternalTokens.SCOPE_WEBHOOK))
                .get()
                .uri("/org")
                .exchange()
                .expectStatus()
                .isForbidden();
    }

    @Test
    void an_invalid_body_is_told_field_by_field() {
        gateway.post()
                .uri("/bodies")
                .contentType(MediaType.APPLICATION_JSON)
                .body("{\"display_name\": \" \"}")
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].pointer")
                .isEqualTo("/display_name");
    }

    @Test
    void a_body_that_is_not_json_is_a_bad_request() {
        gateway.post()
                .uri("/bodies")
                .contentType(MediaType.APPLICATION_JSON)
                .body("{\"display_name\": ")
                .exchange()
                .expectStatus()
                .isBadRequest();
    }

    @Test
    void parameters_are_checked() {
        gateway.get()
                .uri("/list?maxItems=201&cursor=x")
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].pointer")
                .isEqualTo("max_items");
        gateway.get()
                .uri("/list?maxItems=2&cursor=%25%25")
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].pointer")
                .isEqualTo("cursor");
    }

    @Test
    void an_unexpected_failure_tells_nothing_of_itself() {
        gateway.get()
                .uri("/broken")
                .exchange()
                .expectStatus()
                .is5xxServerError()
                .expectBody(String.class)
                .value(body -> assertThat(body).doesNotContain("secret of ours"));
    }

    @Test
    void it_is_alive_but_not_ready_while_its_dependencies_are_away() {
        anonymous.get().uri("/livez").exchange().expectStatus().isOk();
        anonymous.get().uri("/readyz").exchange().expectStatus().isEqualTo(503);
        anonymous.get().uri("/health").exchange().expectStatus().isEqualTo(503);
    }

    @Test
    void metrics_are_open_to_the_scraper() {
        anonymous
                .get()
                .uri("/actuator/prometheus")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .value(body -> assertThat(body).contains("service=\"kit-test\""));
    }

    private RestTestClient withToken(String token) {
        return anonymous
                .mutate()
                .defaultHeader(HttpHeaders.AUTHORIZATION, "Bearer " + token)
                .build();
    }
}
