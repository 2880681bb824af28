package dev.automationengine.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/** The first start of an engine that has no user and is told of none. */
@ExtendWith(OutputCaptureExtension.class)
@TestPropertySource(properties = "engine.setup.token-lifetime=59m")
class SetupTokenTest extends GatewayScene {
    private static final Pattern TOKEN = Pattern.compile("POST /v1/setup .{1,20}token.{1,8}([0-9a-f]{64})");

    @Test
    void the_token_of_the_log_makes_the_first_owner_and_then_nobody(CapturedOutput output) throws Exception {
        await().until(() -> TOKEN.matcher(output).find());
        Matcher found = TOKEN.matcher(output);
        assertThat(found.find()).isTrue();
        String token = found.group(1);

        assertProblem(send(setUp("0".repeat(64), "a@example.com")), 410, "gone");
        assertProblem(send(setUp(token, "no address")), 400, "invalid-request");
        JsonNode tokens = read(setUp(token, "a@example.com"));
        JsonNode me =
                read(authorized("/v1/me", tokens.at("/access_token").asString()).GET());
        assertThat(me.at("/role").asString()).isEqualTo("owner");
        assertProblem(send(setUp(token, "b@example.com")), 410, "gone");
    }

    private HttpRequest.Builder setUp(String token, String email) {
        return post(
                "/v1/setup",
                null,
                Map.of(
                        "token",
                        token,
                        "organization",
                        "Acme",
                        "owner",
                        Map.of("email", email, "name", "Olga", "password", PASSWORD)));
    }
}
