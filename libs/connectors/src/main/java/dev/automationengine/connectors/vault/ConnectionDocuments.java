package dev.automationengine.connectors.vault;

import dev.automationengine.model.id.CredentialId;
import dev.automationengine.model.id.OrgId;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * The member {@code oauth} of a credential that is a connection: {@code {fence, by, refreshed_at, expires_at,
 * keep_alive_at, lease_until, doubt, next_try_at, failures, broken_at, reason}}. Nothing in it is secret.
 */
final class ConnectionDocuments {
    static final String STATE = "oauth";
    static final String FENCE = "fence";
    static final String BY = "by";
    static final String LEASE_UNTIL = "lease_until";
    static final String NEXT_TRY_AT = "next_try_at";
    static final String FAILURES = "failures";
    static final String BROKEN_AT = "broken_at";
    static final String REASON = "reason";
    static final String KEEP_ALIVE_AT = "keep_alive_at";
    private static final String DOUBT = "doubt";
    private static final String REFRESHED_AT = "refreshed_at";
    private static final String EXPIRES_AT = "expires_at";

    private ConnectionDocuments() {}

    static String path(String member) {
        return STATE + "." + member;
    }

    static Document state(Document document) {
        return document.get(STATE, Document.class);
    }

    static long fence(Document document) {
        return state(document).get(FENCE) instanceof Number fence ? fence.longValue() : 0;
    }

    static int failures(Document document) {
        return state(document).get(FAILURES) instanceof Number failures ? failures.intValue() : 0;
    }

    /** A copy whose member {@code oauth} may be changed without changing the original's. */
    static Document copy(Document document) {
        return new Document(document).append(STATE, new Document(document.get(STATE, new Document())));
    }

    /** A new connection, without tokens: they are put in by a change like any other. */
    static Document fresh(Credential as, String by, Instant now) {
        return new Document("_id", as.id().value())
                .append("org_id", as.org().value())
                .append("kind", as.kind())
                .append("name", as.name())
                .append("attributes", new Document(Map.copyOf(as.attributes())))
                .append(STATE, new Document(FENCE, 1L).append(BY, by))
                .append("rev", 1L)
                .append("created_at", Date.from(now))
                .append("updated_at", Date.from(now));
    }

    /** Takes up attributes that came with tokens; others stay. */
    static void attributes(Document document, Map<String, String> told) {
        Document attributes = new Document(document.get("attributes", new Document()));
        attributes.putAll(told);
        document.put("attributes", attributes);
    }

    /** Takes up new tokens: whatever was wrong is over. */
    static void renew(Document document, ConnectionTokens tokens, Instant keepAliveAt, Instant now) {
        Document state =
                state(document).append(REFRESHED_AT, Date.from(now)).append(EXPIRES_AT, date(tokens.expiresAt()));
        if (tokens.refreshToken() == null) {
            state.remove(KEEP_ALIVE_AT);
        } else {
            state.put(KEEP_ALIVE_AT, Date.from(keepAliveAt));
        }
        state.remove(DOUBT);
        state.remove(LEASE_UNTIL);
        state.remove(NEXT_TRY_AT);
        state.remove(FAILURES);
        state.remove(BROKEN_AT);
        state.remove(REASON);
        document.put("updated_at", Date.from(now));
    }

    /** Leaves it alone for a while. */
    static Document postpone(Document document, Instant nextTry, int failures, boolean inDoubt) {
        Document state = state(document).append(NEXT_TRY_AT, Date.from(nextTry)).append(FAILURES, failures);
        if (inDoubt) {
            state.put(DOUBT, true);
        }
        // One that fails again and again must not keep the others from their turns.
        Date keepAliveAt = state.getDate(KEEP_ALIVE_AT);
        if (keepAliveAt != null && keepAliveAt.toInstant().isBefore(nextTry)) {
            state.put(KEEP_ALIVE_AT, Date.from(nextTry));
        }
        state.remove(LEASE_UNTIL);
        return document;
    }

    /** Whether the refresh token may be used up: a refresh did not say what came of it, or its answer was lost. */
    static boolean inDoubt(Document document) {
        Document state = state(document);
        return state.get(LEASE_UNTIL) != null || Boolean.TRUE.equals(state.getBoolean(DOUBT));
    }

    /** What the secrets are bound to. */
    static Credential credential(Document document) {
        return new Credential(
                new CredentialId(document.getString("_id")),
                new OrgId(document.getString("org_id")),
                document.getString("kind"),
                document.getString("name"),
                CredentialCodec.attributes(document),
                Map.of());
    }

    static ConnectionSummary summary(Document document) {
        Document state = state(document);
        Date broken = state.getDate(BROKEN_AT);
        Date refreshed = state.getDate(REFRESHED_AT);
        return new ConnectionSummary(
                new CredentialId(document.getString("_id")),
                document.getString("kind"),
                document.getString("name"),
                broken == null ? ConnectionSummary.State.ACTIVE : ConnectionSummary.State.BROKEN,
                state.getString(REASON),
                instant(broken),
                instant(state.getDate(EXPIRES_AT)),
                refreshed == null ? document.getDate("created_at").toInstant() : refreshed.toInstant(),
                state.getString(BY));
    }

    private static @Nullable Date date(@Nullable Instant instant) {
        return instant == null ? null : Date.from(instant);
    }

    private static @Nullable Instant instant(@Nullable Date date) {
        return date == null ? null : date.toInstant();
    }
}
