package dev.automationengine.gateway.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTextTest {
    @Test
    void a_key_is_read_as_it_was_written() {
        KeyText key = KeyText.random();
        assertThat(KeyText.parse(key.text())).contains(key);
        assertThat(key.matches(key.secretHash())).isTrue();
    }

    @Test
    void the_secret_of_another_key_does_not_match() {
        assertThat(KeyText.random().matches(KeyText.random().secretHash())).isFalse();
    }

    @Test
    void a_key_does_not_show_its_secret_in_logs() {
        KeyText key = KeyText.random();
        assertThat(key.toString()).contains(key.id()).doesNotContain(key.secret());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ae_", "ae__", "ae_id_secret", "xx_00000000000000000000000000_x"})
    void what_has_another_form_is_no_key(String text) {
        assertThat(KeyText.parse(text)).isEmpty();
    }
}
