package dev.automationengine.trigger.meta;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

class MetaSignaturesTest {
    private static final String ESCAPED =
            "{\"object\":\"page\",\"entry\":[{\"id\":\"1\",\"time\":1,\"changes\":[{\"field\":\"name\",\"value\":\"\\u00e4\\u00f6\\u00e5\"}]}]}";
    private static final String OF_ESCAPED = "sha256=de61c9bb49a25ff6da1703f76888d74359a77a893057e76e8ebf36ba3ab3b325";

    private final MetaSignatures signatures = signatures("test_app_secret");

    @Test
    void the_signature_of_the_bytes_as_sent_is_valid() {
        assertThat(signatures.valid(bytes(ESCAPED), OF_ESCAPED)).isTrue();
    }

    @Test
    void a_body_that_was_decoded_and_written_again_is_another_body() {
        String decoded = ESCAPED.replace("\\u00e4\\u00f6\\u00e5", "äöå");
        assertThat(signatures.valid(bytes(decoded), OF_ESCAPED)).isFalse();
    }

    @Test
    void an_older_secret_still_counts_while_secrets_are_changed() {
        assertThat(signatures("new", "test_app_secret").valid(bytes(ESCAPED), OF_ESCAPED))
                .isTrue();
        assertThat(signatures("new").valid(bytes(ESCAPED), OF_ESCAPED)).isFalse();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "sha256=",
                "sha256=zz",
                "sha1=de61c9bb49a25ff6da1703f76888d74359a77a89",
                "de61c9bb49a25ff6da1703f76888d74359a77a893057e76e8ebf36ba3ab3b325",
                "sha256=de61c9bb49a25ff6da1703f76888d74359a77a893057e76e8ebf36ba3ab3b326"
            })
    void anything_else_is_not(String header) {
        assertThat(signatures.valid(bytes(ESCAPED), header)).isFalse();
    }

    private static MetaSignatures signatures(String... secrets) {
        return new MetaSignatures(new MetaProperties(
                List.of(secrets),
                "token",
                URI.create("http://localhost"),
                "v26.0",
                true,
                DataSize.ofMegabytes(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
