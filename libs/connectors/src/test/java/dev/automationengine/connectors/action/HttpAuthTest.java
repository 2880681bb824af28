package dev.automationengine.connectors.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.automationengine.connectors.vault.Credential;
import dev.automationengine.model.id.CredentialId;
import dev.automationengine.model.id.OrgId;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HttpAuthTest {
    private static final URI URL = URI.create("https://api.example/x?a=1");

    private static Credential credential(String value) {
        return new Credential(
                CredentialId.random(),
                OrgId.random(),
                "http_header",
                "Key",
                Map.of("header", "X-Key"),
                Map.of("value", value));
    }

    private static Map<String, String> headers(HttpAuth auth, String value, String body) {
        Map<String, String> headers = new HashMap<>();
        auth.header(headers, credential(value), body.getBytes(StandardCharsets.UTF_8));
        return headers;
    }

    @Test
    void each_way_is_as_its_standard_says() {
        assertThat(headers(HttpAuth.HEADER, "k", "")).isEqualTo(Map.of("X-Key", "k"));
        assertThat(headers(HttpAuth.BEARER, "k", "")).isEqualTo(Map.of("Authorization", "Bearer k"));
        // RFC 7617, section 2.
        assertThat(headers(HttpAuth.BASIC, "Aladdin:open sesame", ""))
                .isEqualTo(Map.of("Authorization", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="));
        // RFC 4231, test case 2.
        assertThat(headers(HttpAuth.HMAC, "Jefe", "what do ya want for nothing?"))
                .isEqualTo(Map.of("X-Key", "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"));
        assertThat(headers(HttpAuth.QUERY, "k", "")).isEmpty();
        assertThat(HttpAuth.QUERY.url(URL, credential("k"))).hasToString("https://api.example/x?a=1&X-Key=k");
        assertThat(HttpAuth.BEARER.url(URL, credential("k"))).isEqualTo(URL);
    }

    @Test
    void what_could_not_be_masked_again_does_not_go_into_a_url() {
        assertThatThrownBy(() -> HttpAuth.QUERY.url(URL, credential("a b&c")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageNotContaining("a b");
    }

    @Test
    void an_unknown_way_is_refused() {
        assertThat(HttpAuth.of(Map.of())).isEqualTo(HttpAuth.HEADER);
        assertThatThrownBy(() -> HttpAuth.of(Map.of("auth", "digest"))).isInstanceOf(InvalidInputException.class);
    }
}
