package dev.automationengine.kit.privacy;

import org.springframework.boot.json.JsonWriter.Members;
import org.springframework.boot.json.JsonWriter.ValueProcessor;
import org.springframework.boot.logging.structured.StructuredLoggingJsonMembersCustomizer;

/**
 * Masks addresses and telephone numbers with a country code in every member of every log line, messages and stack traces
 * of libraries among them. We do not log people; this is for what third parties put where nobody expects it.
 */
public final class MaskedLog implements StructuredLoggingJsonMembersCustomizer<Object> {
    /** Made by Spring Boot, by its name in {@code logging.structured.json.customizer}. */
    public MaskedLog() {}

    @Override
    public void customize(Members<Object> members) {
        members.applyingValueProcessor(
                ValueProcessor.of(String.class, text -> text == null ? null : Masks.withoutContacts(text)));
    }
}
