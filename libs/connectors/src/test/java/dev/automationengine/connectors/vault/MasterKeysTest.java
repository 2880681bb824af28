package dev.automationengine.connectors.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MasterKeysTest {
    private static final String KEY = "A".repeat(43) + "=";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"", "nocolon", ":AAAA", "id:", "id:AAAA", "id:not*base64", "a b:AAAA", "transit:k1"})
    void a_key_of_another_form_is_refused_without_being_quoted(String text) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("engine.vault.master-key")
                .hasMessageNotContaining("AAAA")
                .hasMessageNotContaining("not*base64");
    }

    @Test
    void the_first_key_is_the_one_that_encrypts() {
        assertThat(read("new:" + KEY, "old:" + KEY).newest()).isEqualTo("new");
    }

    @Test
    void two_keys_of_one_name_are_refused() {
        assertThatThrownBy(() -> read("k:" + KEY, "k:" + KEY)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void keys_come_from_a_file_too() throws IOException {
        Path file = directory.resolve("master-keys");
        Files.writeString(file, "# newest first\n\nnew:" + KEY + "\nold:" + KEY + "\n");
        MasterKeys keys = read("file:" + file, "older:" + KEY);
        assertThat(keys.newest()).isEqualTo("new");
        assertThat(keys.ids()).containsExactlyInAnyOrder("new", "old", "older");
    }

    @Test
    void a_file_that_is_not_there_is_named() {
        Path file = directory.resolve("nowhere");
        assertThatThrownBy(() -> read("file:" + file)).hasMessageContaining(file.toString());
    }

    private static MasterKeys read(String... entries) {
        Duration second = Duration.ofSeconds(1);
        return MasterKeySource.read(new VaultProperties(
                List.of(entries),
                true,
                second,
                1,
                second,
                null,
                new VaultProperties.Rotation(second, second, second, null, Duration.ZERO, second)));
    }
}
