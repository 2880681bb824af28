package dev.automationengine.connectors.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransitMasterKeyTest {
    private static final byte[] KEY = "a data key".getBytes(StandardCharsets.UTF_8);
    private static final List<String> BOUND = List.of("data-key", "org_1", "1");

    @TempDir
    private Path directory;

    private final TransitDouble server = new TransitDouble("token-1", "engine");
    private Path token = Path.of("");

    @BeforeEach
    void writeToken() throws IOException {
        token = directory.resolve("token");
        Files.writeString(token, "token-1\n");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void what_the_server_sealed_it_opens() {
        MasterKeys keys = MasterKeys.of(List.of(key("engine")));
        String sealed = keys.seal(KEY, BOUND);
        assertThat(sealed).startsWith("v1:engine:");
        assertThat(keys.open(sealed, BOUND)).isEqualTo(KEY);
    }

    @Test
    void it_is_bound_to_the_organization() {
        String sealed = key("engine").seal(KEY, BOUND);
        assertThatThrownBy(() -> key("engine").open(sealed, List.of("data-key", "org_2", "1")))
                .isInstanceOf(VaultException.class);
    }

    @Test
    void a_key_that_the_server_does_not_have_is_a_wrong_key() {
        String sealed = key("engine").seal(KEY, BOUND);
        assertThatThrownBy(() -> key("other").open(sealed, BOUND)).isInstanceOf(VaultException.class);
    }

    @Test
    void a_token_that_was_renewed_is_taken_up_and_one_that_is_refused_passes() throws IOException {
        Files.writeString(token, "expired");
        assertThatThrownBy(() -> key("engine").seal(KEY, BOUND)).isInstanceOf(MasterKeyAwayException.class);
        Files.writeString(token, "token-1");
        assertThat(key("engine").seal(KEY, BOUND)).isNotEmpty();
    }

    @Test
    void a_sealed_or_silent_server_is_away_and_its_answers_are_not_quoted() {
        MasterKey key = key("engine");
        server.failWith(503);
        assertThatThrownBy(() -> key.seal(KEY, BOUND))
                .isInstanceOf(MasterKeyAwayException.class)
                .hasMessageContaining("503")
                .hasMessageNotContaining("token-1");
        server.close();
        assertThatThrownBy(() -> key.seal(KEY, BOUND)).isInstanceOf(MasterKeyAwayException.class);
    }

    private MasterKey key(String name) {
        return new TransitMasterKey(
                name, new VaultProperties.Transit(server.url(), "transit", token, Duration.ofSeconds(2)));
    }
}
