package dev.automationengine.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.gateway.StubUpstream.Seen;
import dev.automationengine.gateway.access.Role;
import dev.automationengine.kit.security.InternalTokens;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.oauth2.jwt.Jwt;

/** What passes the gateway unchanged, and what does not. */
class ForwardingTest extends GatewayScene {
    private static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";

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
    void whether_a_caller_may_see_people_is_in_its_token() throws Exception {
        Tenant tenant = newTenant("Acme");
        assertThat(scope(newMember(tenant, Role.VIEWER).accessToken())).isEqualTo(InternalTokens.SCOPE_MASKED_API);
        assertThat(scope(newMember(tenant, Role.EDITOR).accessToken())).isEqualTo(InternalTokens.SCOPE_API);
        assertThat(scope(tenant.key())).isEqualTo(InternalTokens.SCOPE_API);
        Map<String, Object> reader = Map.of("name", "ci", "scopes", List.of("workflows:read"));
        String key = read(post("/v1/api-keys", tenant.key(), reader)).at("/key").asString();
        assertThat(scope(key)).isEqualTo(InternalTokens.SCOPE_MASKED_API);
    }

    private String scope(String bearer) throws Exception {
        send(authorized("/v1/workflows", bearer).GET());
        return Objects.requireNonNull(token(seen(DISPATCHER)).getClaimAsString("scope"));
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

    private static byte[] concat(byte[] head, byte[] tail) {
        byte[] all = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, all, head.length, tail.length);
        return all;
    }
}
