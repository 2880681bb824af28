package dev.automationengine.localstack.simulator;

import java.time.Instant;
import java.util.Map;

/**
 * A contact in the CRM.
 *
 * @param idempotencyKey the caller's, empty if it gave none
 * @param fields all it was created with; what is no text, as JSON
 */
public record CrmContact(Instant at, String id, String idempotencyKey, Map<String, String> fields) {
    /** The e-mail address, or an empty string. */
    public String email() {
        return fields.getOrDefault("email", "");
    }

    /** The phone number, or an empty string. */
    public String phone() {
        return fields.getOrDefault("phone", "");
    }
}
