package dev.automationengine.kit;

import dev.automationengine.kit.security.InternalTokens;
import dev.automationengine.model.id.OrgId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

/** Each limit of a body, at n and at n + 1, over HTTP. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.import=classpath:engine-defaults.yml",
            "spring.application.name=kit-test",
            "spring.kafka.bootstrap-servers=localhost:1",
            "spring.mongodb.uri=mongodb://localhost:1/none",
            "engine.redis.addresses=redis://localhost:1",
            "engine.topics.owner=TRIGGER",
            "engine.inbound.max-body=1KB",
            "engine.inbound.max-depth=5",
            "engine.inbound.max-values=20",
            "engine.security.internal-token-keys=new-key-of-at-least-32-characters!"
        })
@AutoConfigureRestTestClient
class BodyLimitsTest {
    private static final String BODY = "{\"display_name\":\"%s\"}";
    private static final int FRAME = BODY.length() - 2;

    @Autowired
    private RestTestClient client;

    @Autowired
    private InternalTokens tokens;

    @Test
    void bytes() {
        post(BODY.formatted("x".repeat(1024 - FRAME))).expectStatus().isOk();
        post(BODY.formatted("x".repeat(1025 - FRAME)))
                .expectStatus()
                .isEqualTo(413)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("https://automation-engine.dev/problems/payload-too-large")
                .jsonPath("$.detail")
                .isEqualTo("A body may have at most 1024 bytes.");
    }

    @Test
    void depth() {
        post(other("[".repeat(4) + "]".repeat(4))).expectStatus().isOk();
        post(other("[".repeat(5) + "]".repeat(5)))
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].pointer")
                .isEqualTo("/other/0/0/0/0")
                .jsonPath("$.errors[0].detail")
                .isEqualTo("may be nested at most 5 deep");
    }

    @Test
    void members_and_items() {
        post(other("[" + "1,".repeat(17) + "1]")).expectStatus().isOk();
        post(other("[" + "1,".repeat(18) + "1]"))
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].detail")
                .isEqualTo("may have at most 20 members and items");
    }

    @Test
    void a_compressed_body_is_not_unpacked() {
        exchange(BODY.formatted("x"), "identity").expectStatus().isOk();
        for (String encoding : new String[] {"gzip", "GZIP", "deflate", "br", "gzip, gzip"}) {
            exchange(BODY.formatted("x"), encoding)
                    .expectStatus()
                    .isEqualTo(415)
                    .expectBody()
                    .jsonPath("$.type")
                    .isEqualTo("https://automation-engine.dev/problems/unsupported-encoding");
        }
    }

    private static String other(String value) {
        return "{\"display_name\":\"x\",\"other\":" + value + "}";
    }

    private RestTestClient.ResponseSpec post(String body) {
        return exchange(body, null);
    }

    private RestTestClient.ResponseSpec exchange(String body, @Nullable String encoding) {
        return client.post()
                .uri("/bodies")
                .headers(headers -> {
                    headers.setBearerAuth(tokens.mint("key_1", OrgId.random(), InternalTokens.SCOPE_API));
                    if (encoding != null) {
                        headers.set(HttpHeaders.CONTENT_ENCODING, encoding);
                    }
                })
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .exchange();
    }
}
