package dev.automationengine.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.gateway.StubUpstream.Seen;
import dev.automationengine.kit.security.InternalTokens;
import dev.automationengine.localstack.LocalStackInitializer;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The gateway as its callers and the services behind it see it. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"engine.proxy.max-body=64KB", "engine.proxy.response-timeout=1s"})
@ContextConfiguration(initializers = LocalStackInitializer.class)
class GatewayTest {
    private static final StubUpstream TRIGGER = new StubUpstream();
    private static final StubUpstream DISPATCHER = new StubUpstream();
    private static final StubUpstream LOGGING = new StubUpstream();
    private static final int LIMIT = 64 * 1024;
    private static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";

    private final HttpClient client = HttpClient.newHttpClient();

    @LocalServerPort
    private int port;

    @Autowired
    private JwtDecoder internalTokens;

    @Autowired
    private JsonMapper json;

    @Autowired
    private MeterRegistry meters;

    @DynamicPropertySource
    static void services(DynamicPropertyRegistry registry) {
        registry.add("engine.routes.trigger", TRIGGER::url);
        registry.add("engine.routes.dispatcher", DISPATCHER::url);
        registry.add("engine.routes.logging", LOGGING::url);
        // Nobody listens there.
        registry.add("engine.routes.worker", () -> "http://127.0.0.1:1");
    }

    @BeforeEach
    void forget() {
        TRIGGER.reset();
        DISPATCHER.reset();
        LOGGING.reset();
    }

    @AfterAll
    static void stop() {
        TRIGGER.close();
        DISPATCHER.close();
        LOGGING.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/x-www-form-urlencoded",
                "application/json",
                "multipart/form-data; boundary=x",
                "text/plain; charset=iso-8859-1"
            })
    void a_webhook_passes_byte_for_byte_whatever_its_type(String contentType) throws Exception {
        // Not a form, not JSON, not even UTF-8: a lone continuation byte, an overlong sequence, a surrogate.
        byte[] body = concat(
                "b=2&a=1&a=%41+ &empty=&é=\u20ac&x=😀\r\n".getBytes(StandardCharsets.UTF_8),
                new byte[] {(byte) 0x80, (byte) 0xc0, (byte) 0xaf, (byte) 0xed, (byte) 0xa0, (byte) 0x80, 0});
        HttpResponse<String> answer = send(request("/webhooks/meta?hub.mode=x&a=3")
                .header("Content-Type", contentType)
                .header("X-Hub-Signature-256", "sha256=abc")
                .POST(BodyPublishers.ofByteArray(body)));

        assertThat(answer.statusCode()).isEqualTo(200);
        Seen seen = seen(TRIGGER);
        assertThat(seen.body()).isEqualTo(body);
        assertThat(seen.uri()).isEqualTo("/webhooks/meta?hub.mode=x&a=3");
        assertThat(seen.header("Content-Type")).isEqualTo(contentType);
        assertThat(seen.header("X-Hub-Signature-256")).isEqualTo("sha256=abc");
        assertThat(seen.header("Content-Length")).isEqualTo(Integer.toString(body.length));
    }

    @Test
    void a_form_of_unknown_length_passes_byte_for_byte() throws Exception {
        byte[] body = "z=1&y=%zz&z=2".getBytes(StandardCharsets.UTF_8);
        send(request("/webhooks/org_1/path")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));
        assertThat(seen(TRIGGER).body()).isEqualTo(body);
    }

    @Test
    void a_webhook_needs_no_key_and_arrives_with_a_token_of_scope_webhook() throws Exception {
        send(request("/webhooks/meta")
                .header("Authorization", "Basic c2VuZGVyOnNlY3JldA==")
                .GET());
        Jwt token = token(seen(TRIGGER));
        assertThat(token.getClaimAsString("scope")).isEqualTo(InternalTokens.SCOPE_WEBHOOK);
        assertThat(token.getClaimAsString("org")).isNull();
    }

    @Test
    void the_key_is_replaced_by_a_token_of_its_organization() throws Exception {
        Tenant tenant = newTenant("Acme");
        send(authorized("/v1/workflows/wf_1?x=1", tenant.key()).GET());
        Seen seen = seen(DISPATCHER);
        assertThat(seen.uri()).isEqualTo("/v1/workflows/wf_1?x=1");
        assertThat(String.valueOf(seen.header("Authorization"))).doesNotContain(tenant.key());
        Jwt token = token(seen);
        assertThat(token.getClaimAsString("org")).isEqualTo(tenant.org());
        assertThat(token.getClaimAsString("scope")).isEqualTo(InternalTokens.SCOPE_API);
        assertThat(token.getSubject()).isEqualTo(tenant.keyId());
    }

    @Test
    void what_a_caller_says_about_itself_is_dropped() throws Exception {
        send(authorized("/v1/workflows", newTenant("Liar").key())
                .header("X-Engine-Org", "org_other")
                .header("X-Forwarded-For", "10.0.0.1")
                .header("X-Forwarded-Host", "evil.example")
                .header("Forwarded", "for=10.0.0.1")
                .GET());
        assertThat(seen(DISPATCHER).headers())
                .doesNotContainKeys("X-engine-org", "X-forwarded-for", "X-forwarded-host", "Forwarded");
    }

    @Test
    void the_trace_of_the_caller_goes_on() throws Exception {
        send(request("/webhooks/meta")
                .header("traceparent", "00-" + TRACE_ID + "-b7ad6b7169203331-01")
                .GET());
        assertThat(seen(TRIGGER).header("traceparent")).startsWith("00-" + TRACE_ID + "-");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/executions, logging",
        "GET, /v1/executions/exec_1, logging",
        "GET, /v1/logs, logging",
        "POST, /v1/executions/exec_1:cancel, dispatcher",
        "POST, /v1/dead-letters:redrive, dispatcher",
        "POST, /v1/workflows, dispatcher",
        "POST, /v1/workflows/wf_1:run, trigger",
        "POST, /v1/workflows/wf_1:activate, dispatcher",
        "POST, /v1/workflows:test, dispatcher",
        "POST, /v1/executions/exec_1:rerun, dispatcher",
        "GET, /v1/replays/rpl_1/results, dispatcher",
        "GET, /v1/dead-letters/x, dispatcher",
        "POST, /v1/events, trigger",
    })
    void each_path_goes_to_the_service_that_answers_it(String method, String path, String service) throws Exception {
        send(authorized(path, newTenant("Router").key()).method(method, BodyPublishers.noBody()));
        StubUpstream expected = switch (service) {
            case "logging" -> LOGGING;
            case "dispatcher" -> DISPATCHER;
            case "trigger" -> TRIGGER;
            default -> throw new IllegalArgumentException(service);
        };
        assertThat(seen(expected).uri()).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer ae_00000000000000000000000000_0000000000000000000000000000000000000000000",
                "Bearer nonsense",
                "Basic YTpi",
                "Bearer",
                ""
            })
    void a_caller_without_a_valid_key_gets_401_and_reaches_nobody(String authorization) throws Exception {
        HttpRequest.Builder request = request("/v1/workflows");
        HttpResponse<String> answer =
                send((authorization.isEmpty() ? request : request.header("Authorization", authorization)).GET());
        assertProblem(answer, 401, "unauthenticated");
        assertThat(DISPATCHER.next()).isNull();
    }

    @Test
    void a_key_with_a_wrong_secret_gets_401() throws Exception {
        String key = newTenant("Acme").key();
        char last = key.charAt(key.length() - 1);
        String wrong = key.substring(0, key.length() - 1) + (last == 'A' ? 'B' : 'A');
        assertProblem(send(authorized("/v1/workflows", wrong).GET()), 401, "unauthenticated");
    }

    @Test
    void an_internal_token_is_not_a_key() throws Exception {
        send(request("/webhooks/meta").GET());
        String internal = String.valueOf(seen(TRIGGER).header("Authorization")).substring("Bearer ".length());
        assertProblem(send(authorized("/v1/workflows", internal).GET()), 401, "unauthenticated");
    }

    @Test
    void a_body_that_says_it_is_too_large_gets_413_and_reaches_nobody() throws Exception {
        HttpResponse<String> answer =
                send(request("/webhooks/meta").POST(BodyPublishers.ofByteArray(new byte[LIMIT + 1])));
        assertProblem(answer, 413, "payload-too-large");
        assertThat(TRIGGER.next()).isNull();
    }

    @Test
    void a_body_of_unknown_length_is_cut_off_at_the_limit_with_413() throws Exception {
        HttpResponse<String> answer = send(request("/webhooks/meta")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[LIMIT + 1]))));
        assertProblem(answer, 413, "payload-too-large");
        assertThat(TRIGGER.next()).isNull();
    }

    @Test
    void a_body_of_the_largest_size_passes() throws Exception {
        byte[] body = new byte[LIMIT];
        send(request("/webhooks/meta").POST(BodyPublishers.ofByteArray(body)));
        assertThat(seen(TRIGGER).body()).hasSize(LIMIT);
    }

    @Test
    void a_service_that_is_away_gives_503_and_says_when_to_try_again() throws Exception {
        double before = failures("worker", "unreachable");
        HttpResponse<String> answer =
                send(authorized("/v1/credentials", newTenant("Acme").key()).GET());
        assertProblem(answer, 503, "unavailable");
        assertThat(answer.headers().firstValue("Retry-After")).contains("2");
        assertThat(failures("worker", "unreachable")).isEqualTo(before + 1);
    }

    @Test
    void a_service_that_hangs_gives_503() throws Exception {
        CountDownLatch answered = new CountDownLatch(1);
        TRIGGER.answer(exchange -> {
            try {
                answered.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        });
        double before = failures("webhooks", "timeout");
        try {
            assertProblem(send(request("/webhooks/meta").GET()), 503, "unavailable");
        } finally {
            answered.countDown();
        }
        assertThat(failures("webhooks", "timeout")).isEqualTo(before + 1);
    }

    @Test
    void the_answer_of_a_service_passes_as_it_is() throws Exception {
        TRIGGER.answer(exchange -> {
            byte[] body = "{\"detail\":\"bad signature €\"}".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/problem+json");
            exchange.sendResponseHeaders(401, body.length);
            exchange.getResponseBody().write(body);
        });
        HttpResponse<String> answer = send(request("/webhooks/meta").POST(BodyPublishers.ofString("x")));
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body()).isEqualTo("{\"detail\":\"bad signature €\"}");
    }

    @Test
    void a_path_that_nobody_answers_gets_404() throws Exception {
        assertThat(send(authorized("/v1/nothing", newTenant("Acme").key()).GET())
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void only_the_operator_creates_organizations() throws Exception {
        String body = "{\"name\":\"Other\"}";
        assertProblem(send(create("/v1/organizations", newTenant("Acme").key(), body)), 403, "forbidden");
        assertProblem(send(create("/v1/organizations", "wrong-bootstrap-token", body)), 401, "unauthenticated");
        HttpResponse<String> invalid =
                send(create("/v1/organizations", LocalStackInitializer.BOOTSTRAP_TOKEN, "{\"name\":\" \"}"));
        assertProblem(invalid, 400, "invalid-request");
        assertThat(json.readTree(invalid.body()).at("/errors/0/pointer").asString())
                .isEqualTo("/name");
    }

    @Test
    void the_operator_has_no_organization() throws Exception {
        assertProblem(
                send(authorized("/v1/api-keys", LocalStackInitializer.BOOTSTRAP_TOKEN)
                        .GET()),
                403,
                "forbidden");
    }

    @Test
    void an_organization_sees_itself() throws Exception {
        Tenant tenant = newTenant("Café Müller");
        JsonNode current = json.readTree(
                send(authorized("/v1/organizations/current", tenant.key()).GET())
                        .body());
        assertThat(current.at("/id").asString()).isEqualTo(tenant.org());
        assertThat(current.at("/name").asString()).isEqualTo("Café Müller");
        assertThat(current.at("/created_at").asString()).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
    }

    @Test
    void a_second_key_works_until_it_is_deleted() throws Exception {
        Tenant tenant = newTenant("Acme");
        HttpResponse<String> created = send(create("/v1/api-keys", tenant.key(), "{\"name\":\"ci\"}"));
        assertThat(created.statusCode()).isEqualTo(201);
        JsonNode key = json.readTree(created.body());
        String text = key.at("/key").asString();
        assertThat(send(authorized("/v1/workflows", text).GET()).statusCode()).isEqualTo(200);

        HttpResponse<String> deleted =
                send(authorized("/v1/api-keys/" + key.at("/id").asString(), tenant.key())
                        .DELETE());
        assertThat(deleted.statusCode()).isEqualTo(204);
        assertProblem(send(authorized("/v1/workflows", text).GET()), 401, "unauthenticated");
    }

    @Test
    void keys_are_listed_in_pages_without_their_secrets() throws Exception {
        Tenant tenant = newTenant("Acme");
        send(create("/v1/api-keys", tenant.key(), "{\"name\":\"ci\"}"));
        JsonNode first = json.readTree(
                send(authorized("/v1/api-keys?limit=1", tenant.key()).GET()).body());
        String cursor = first.at("/next_cursor").asString();
        HttpResponse<String> answer = send(authorized("/v1/api-keys?limit=1&cursor=" + cursor, tenant.key())
                .GET());
        JsonNode second = json.readTree(answer.body());
        assertThat(first.at("/items")).hasSize(1);
        assertThat(second.at("/items")).hasSize(1);
        assertThat(second.at("/items/0/id")).isNotEqualTo(first.at("/items/0/id"));
        assertThat(second.at("/next_cursor").isString()).isFalse();
        assertThat(second.at("/items/0").propertyNames()).containsExactlyInAnyOrder("id", "name", "created_at");
        assertProblem(send(authorized("/v1/api-keys?limit=0", tenant.key()).GET()), 400, "invalid-request");
    }

    @Test
    void another_organizations_key_cannot_be_listed_or_deleted() throws Exception {
        Tenant victim = newTenant("Victim");
        Tenant other = newTenant("Other");
        assertThat(send(authorized("/v1/api-keys", other.key()).GET()).body()).doesNotContain(victim.keyId());
        assertProblem(
                send(authorized("/v1/api-keys/" + victim.keyId(), other.key()).DELETE()), 404, "not-found");
        assertThat(send(authorized("/v1/api-keys", victim.key()).GET()).statusCode())
                .isEqualTo(200);
    }

    private Tenant newTenant(String name) throws Exception {
        HttpResponse<String> answer =
                send(create("/v1/organizations", LocalStackInitializer.BOOTSTRAP_TOKEN, "{\"name\":\"" + name + "\"}"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        JsonNode body = json.readTree(answer.body());
        return new Tenant(
                body.at("/organization/id").asString(),
                body.at("/api_key/id").asString(),
                body.at("/api_key/key").asString());
    }

    private HttpRequest.Builder create(String path, String bearer, String body) {
        return authorized(path, bearer)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
    }

    private HttpRequest.Builder authorized(String path, String bearer) {
        return request(path).header("Authorization", "Bearer " + bearer);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .version(HttpClient.Version.HTTP_1_1);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private void assertProblem(HttpResponse<String> answer, int status, String type) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(json.readTree(answer.body()).at("/type").asString())
                .isEqualTo("https://automation-engine.dev/problems/" + type);
    }

    private Jwt token(Seen seen) {
        return internalTokens.decode(
                String.valueOf(seen.header("Authorization")).substring("Bearer ".length()));
    }

    private double failures(String target, String kind) {
        return meters.counter("engine.gateway.forward.failed", "target", target, "kind", kind)
                .count();
    }

    private static Seen seen(StubUpstream service) {
        return Objects.requireNonNull(service.next(), "the service was not called");
    }

    private static byte[] concat(byte[] head, byte[] tail) {
        byte[] all = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, all, head.length, tail.length);
        return all;
    }

    private record Tenant(String org, String keyId, String key) {}
}
