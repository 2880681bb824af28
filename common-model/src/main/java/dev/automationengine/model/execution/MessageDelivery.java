package dev.automationengine.model.execution;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.automationengine.model.id.OrgId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What a third party told later of a message that a step had sent. It does not name the person, nor the message: ids of
 * messages may contain phone numbers.
 *
 * @param orgId who sent the message
 * @param messageKey {@link #key} of the message
 * @param status how far it is
 * @param at when, as the third party says
 * @param errorCode the third party's code of a failure; null if there was none
 * @param errorDetails its words for that; null likewise
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MessageDelivery(
        OrgId orgId,
        String messageKey,
        Status status,
        Instant at,
        @Nullable String errorCode,
        @Nullable String errorDetails) {

    /** How far a message is; a later one says all that an earlier one says. */
    public enum Status {
        /** It is on its way. */
        @JsonProperty("sent")
        SENT,
        /** It is on the person's device. */
        @JsonProperty("delivered")
        DELIVERED,
        /** The person has seen it. */
        @JsonProperty("read")
        READ,
        /** The person has listened to it. */
        @JsonProperty("played")
        PLAYED,
        /** The person will not get it. */
        @JsonProperty("failed")
        FAILED
    }

    /**
     * What a message is known by, without its id.
     *
     * @param messageId the third party's id, which the step's output has as {@code message_id}
     */
    public static String key(OrgId org, String messageId) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((org.value() + "/" + messageId).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
