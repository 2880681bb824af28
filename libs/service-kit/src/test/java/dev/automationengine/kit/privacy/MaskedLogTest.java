package dev.automationengine.kit.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.json.JsonWriter;

/** No line of the log says who. */
class MaskedLogTest {
    @Test
    void contacts_are_hidden_in_every_member_and_all_else_is_told() {
        JsonWriter<Object> writer = JsonWriter.of(members -> {
            members.add("message", "rejected no contact for joe@example.com, +1 415 555-2671");
            members.add(
                    "stack_trace", "java.lang.IllegalStateException: E11000 { email: \"joe@example.com\" }\n\tat X");
            members.add("org_id", "org_06h0jy5pgqc9zhxffc8dkfy3c4");
            members.add("level_value", 30_000);
            members.add("mdc", Map.of("url", "/contacts?q=joe%40example.com"));
            new MaskedLog().customize(members);
        });

        assertThat(writer.writeToString(new Object()))
                .doesNotContain("joe")
                .doesNotContain("555")
                .contains("rejected no contact for ***, ***", "org_06h0jy5pgqc9zhxffc8dkfy3c4", "30000", "at X");
    }
}
