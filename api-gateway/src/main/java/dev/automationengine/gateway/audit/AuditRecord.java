package dev.automationengine.gateway.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.automationengine.model.id.OrgId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A record of the audit log. Each change has two: that it was asked for, written before anything is done, and how it
 * ended. One without the other means that the gateway died in between: whether it was done is unknown. Signing in and out
 * has one, with a status and without {@code outcome_of}.
 *
 * @param id organization and number, {@value #DIGITS} digits: what makes the number the organization's only one
 * @param orgId whose log it is in
 * @param number its place, from 1 without a gap
 * @param at when it was written
 * @param actor the id of the user or key, or {@code operator}
 * @param role the user's role; null for a key
 * @param method the request's method; {@code SIGN_IN} for a token of an OpenID Connect provider
 * @param path the request's path, without the query; for {@code SIGN_IN} the provider's issuer
 * @param from the caller's network address
 * @param outcomeOf the number of the record of the request; null if this is that one
 * @param status the HTTP status that was answered; null in the record of the request
 * @param previous the hash of the record before; {@value #NOTHING} in the first
 * @param hash the hash of all of the above
 */
@Document(AuditRecord.COLLECTION)
@JsonInclude(JsonInclude.Include.NON_NULL)
record AuditRecord(
        @Id String id,
        OrgId orgId,
        long number,
        Instant at,
        String actor,
        @Nullable String role,
        String method,
        String path,
        String from,
        @Nullable Long outcomeOf,
        @Nullable Integer status,
        String previous,
        String hash) {
    static final String COLLECTION = "audit_log";
    static final String NOTHING = "0000000000000000000000000000000000000000000000000000000000000000";

    private static final int DIGITS = 12;

    /** The record of an entry behind the record with this number and hash. */
    static AuditRecord behind(OrgId org, long number, String hash, AuditEntry entry) {
        AuditRecord open = new AuditRecord(
                id(org, number + 1),
                org,
                number + 1,
                entry.at(),
                entry.actor(),
                entry.role(),
                entry.method(),
                entry.path(),
                entry.from(),
                entry.outcomeOf(),
                entry.status(),
                hash,
                "");
        return new AuditRecord(
                open.id,
                org,
                open.number,
                open.at,
                open.actor,
                open.role,
                open.method,
                open.path,
                open.from,
                open.outcomeOf,
                open.status,
                hash,
                open.computed());
    }

    /** The id of an organization's record of this number; ids sort as numbers do. */
    static String id(OrgId org, long number) {
        return org.value() + ":" + String.format("%0" + DIGITS + "d", number);
    }

    /** Whether it is what was written, and stands behind the record with this number and hash. */
    boolean follows(long before, String hashBefore) {
        return number == before + 1 && previous.equals(hashBefore) && hash.equals(computed());
    }

    /**
     * SHA-256, in hexadecimal, of the members from {@code org_id} to {@code previous} in the order in which they stand
     * above, each as {@code length:text} (length in characters; absent ones as {@code -}; the time as in JSON).
     */
    private String computed() {
        Object[] members = {
            orgId, number, at, actor, role, method, path, from, outcomeOf, status, previous,
        };
        String text = Arrays.stream(members)
                .map(member -> member == null ? "-" : String.valueOf(member).length() + ":" + member)
                .collect(Collectors.joining());
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
