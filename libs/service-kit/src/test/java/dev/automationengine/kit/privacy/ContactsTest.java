package dev.automationengine.kit.privacy;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.automationengine.kit.privacy.Contacts.Contact;
import dev.automationengine.kit.privacy.Contacts.Kind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One person, written in many ways. */
class ContactsTest {
    private static final Contact JOE = new Contact(Kind.EMAIL, "joe.example@example.com");
    private static final Contact PHONE = new Contact(Kind.PHONE, "+4915123456789");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "joe.example@example.com",
                " Joe.Example@EXAMPLE.com ",
                "Joe <joe.example@example.com>",
                "{\"email\":\"joe.example@example.com\"}",
                "the address joe.example@example.com.",
                "email=joe.example@example.com&name=Joe",
                "POST https://crm.example/contacts?email=joe.example%40example.com&x=1",
                "mailto:joe.example@example.com"
            })
    void an_address_is_found_however_it_is_written(String text) {
        assertThat(Contacts.in(text, null)).contains(JOE);
        assertThat(Trace.in(Map.of("text", List.of(text)), 20)).contains(Trace.of(JOE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+4915123456789",
                "+49 151 23456789",
                "0151 23456789",
                "0151/234-56789",
                "0049 151 23456789",
                "4915123456789",
                "(0151) 23456789",
                "call +49 (151) 234 56789 now"
            })
    void a_number_is_found_however_it_is_written(String text) {
        assertThat(Contacts.in(text, "DE")).contains(PHONE);
        assertThat(Trace.in(Map.of("text", List.of(text)), 20)).contains(Trace.of(PHONE));
    }

    @Test
    void somebody_else_is_not_the_same() {
        assertThat(Contacts.in("joe.example@example.org, +4915123456780", "DE")).doesNotContain(JOE, PHONE);
        assertThat(Contacts.in("xjoe.example@example.com", null)).doesNotContain(JOE);
    }

    @Test
    void a_contact_in_the_middle_of_a_long_text_is_found_in_time() {
        String filling = "a1 @ 23-".repeat(20_000);
        assertTimeoutPreemptively(
                ofSeconds(10),
                () -> assertThat(Contacts.in(filling + " joe.example@example.com " + filling, null))
                        .contains(JOE));
    }

    @Test
    void what_is_none_is_refused() {
        assertThat(Contacts.email("joe")).isNull();
        assertThat(Contacts.phone("12", "DE")).isNull();
        assertThat(Contacts.phone("0151 23456789", null)).isNull();
    }
}
