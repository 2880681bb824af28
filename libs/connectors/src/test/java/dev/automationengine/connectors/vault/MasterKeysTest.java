package dev.automationengine.connectors.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MasterKeysTest {
    private static final String KEY = "A".repeat(43) + "=";

    @ParameterizedTest
    @ValueSource(strings = {"", "nocolon", ":AAAA", "id:", "id:AAAA", "id:not*base64", "a b:AAAA"})
    void a_key_of_another_form_is_refused_without_being_quoted(String text) {
        assertThatThrownBy(() -> MasterKeys.parse(List.of(text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("engine.vault.master-key")
                .hasMessageNotContaining("AAAA")
                .hasMessageNotContaining("not*base64");
    }

    @Test
    void the_first_key_is_the_one_that_encrypts() {
        assertThat(MasterKeys.parse(List.of("new:" + KEY, "old:" + KEY)).newest())
                .isEqualTo("new");
    }

    @Test
    void two_keys_of_one_name_are_refused() {
        assertThatThrownBy(() -> MasterKeys.parse(List.of("k:" + KEY, "k:" + KEY)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
