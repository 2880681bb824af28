package dev.automationengine.connectors.action;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.automationengine.connectors.http.Exchange;
import dev.automationengine.connectors.http.OutboundHttp;
import dev.automationengine.connectors.http.OutboundRequest;
import dev.automationengine.connectors.vault.Credential;
import dev.automationengine.model.execution.ErrorClass;
import dev.automationengine.model.execution.StepError;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Access tokens of service accounts (RFC 7523): a credential with the secret {@value #KEY} gets an {@code access_token}
 * for as long as a call needs it. Tokens are kept in memory until shortly before their end; of all that need one at a
 * time one in this process asks. Thread-safe.
 */
public final class ServiceAccounts {
    /** The secret that holds the key file. */
    public static final String KEY = "service_account_key";

    /** The attribute of a usable credential that tells the account's address. */
    static final String EMAIL = "service_account";

    private static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    private static final int MOST_TOKENS = 10_000;
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Duration BEFORE_END = Duration.ofMinutes(2);
    private static final Duration ASKING = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final ErrorRules RULES = ErrorRules.GENERAL;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final OutboundHttp http;
    private final Errors errors;
    private final InstantSource clock;
    private final Cache<String, CompletableFuture<Given>> tokens = Caffeine.newBuilder()
            .maximumSize(MOST_TOKENS)
            .expireAfterWrite(LONGEST)
            .build();

    /** Tokens asked for by this client. */
    public ServiceAccounts(OutboundHttp http, InstantSource clock) {
        this.http = http;
        this.errors = new Errors(clock);
        this.clock = clock;
    }

    /**
     * What a token is asked for with.
     *
     * @param tokenUrl where; also the assertion's audience
     * @param scope what for
     */
    public record Grant(String tokenUrl, String scope) {}

    /** Whether there is a token. */
    public sealed interface Access {
        /**
         * There is, or none is needed.
         *
         * @param credential the credential with its {@code access_token}
         */
        record Granted(Credential credential) implements Access {}

        /** There is none: nothing was done with it. */
        record Denied(ActionResult.Failed why) implements Access {}

        /** Nothing was tried: the token URL is left alone for a moment. */
        record Later(ActionResult.Postponed pause) implements Access {}
    }

    private sealed interface Given {
        record Token(String text, String email, Instant until) implements Given {
            @Override
            public String toString() {
                return "Token[***]";
            }
        }

        record Nothing(Access why) implements Given {}
    }

    /** The credential as it may be used now; one without a key is given back as it is. */
    public Access usable(Credential credential, Grant grant) {
        String file = credential.secrets().get(KEY);
        if (file == null) {
            return new Access.Granted(credential);
        }
        String key = place(credential, file, grant);
        CompletableFuture<Given> mine = new CompletableFuture<>();
        CompletableFuture<Given> current =
                tokens.asMap().compute(key, (ignored, before) -> before == null || over(before) ? mine : before);
        if (current == mine) {
            ask(credential, file, grant, key, mine);
        }
        return switch (awaited(current)) {
            case Given.Token token -> new Access.Granted(with(credential, token));
            case Given.Nothing(Access why) -> why;
        };
    }

    /** Forgets the token of a credential, which was refused though its time is not over. */
    void refused(Credential usable, Grant grant) {
        String file = usable.secrets().get(KEY);
        if (file != null) {
            tokens.asMap()
                    .computeIfPresent(place(usable, file, grant), (key, kept) -> holds(kept, usable) ? null : kept);
        }
    }

    private static boolean holds(CompletableFuture<Given> kept, Credential usable) {
        return kept.getNow(null) instanceof Given.Token token
                && token.text().equals(usable.secrets().get("access_token"));
    }

    private static String place(Credential credential, String file, Grant grant) {
        return credential.org() + "/" + credential.id() + "/" + file.hashCode() + "/" + grant;
    }

    private boolean over(CompletableFuture<Given> before) {
        Given given = before.getNow(null);
        return given instanceof Given.Nothing
                || given instanceof Given.Token token && !clock.instant().isBefore(token.until());
    }

    private void ask(Credential credential, String file, Grant grant, String key, CompletableFuture<Given> mine) {
        // Whatever happens, those who wait must learn of it.
        Given given = new Given.Nothing(unreadable());
        try {
            given = asked(credential, ServiceAccountKey.parse(file), grant);
        } catch (InvalidInputException e) {
            given = new Given.Nothing(new Access.Denied(Errors.configuration(
                    "service_account_key",
                    String.valueOf(e.getMessage()),
                    "Store the key file (JSON) that Google gave for the service account, then redrive.")));
        } finally {
            mine.complete(given);
            if (given instanceof Given.Nothing) {
                tokens.asMap().remove(key, mine);
            }
        }
    }

    private Given asked(Credential credential, ServiceAccountKey key, Grant grant) {
        Instant now = clock.instant();
        String form = UrlText.form(
                Map.of("grant_type", GRANT, "assertion", key.assertion(grant.tokenUrl(), grant.scope(), now)));
        OutboundRequest request = new OutboundRequest(
                "POST",
                URI.create(grant.tokenUrl()),
                Map.of("Accept", "application/json"),
                new OutboundRequest.Body("application/x-www-form-urlencoded", form.getBytes(StandardCharsets.UTF_8)),
                ASKING);
        return switch (http.send(request, credential.org() + "/token")) {
            case Exchange.Unanswered unanswered ->
                new Given.Nothing(
                        switch (errors.unanswered(request, unanswered, Redactor.of(credential))) {
                            case ActionResult.Failed failed -> new Access.Denied(harmless(failed));
                            case ActionResult.Postponed later -> new Access.Later(later);
                            case ActionResult.Succeeded impossible -> unreadable();
                        });
            case Exchange.Answered answered -> read(request, answered, credential, key, now);
        };
    }

    private Given read(
            OutboundRequest request,
            Exchange.Answered answered,
            Credential credential,
            ServiceAccountKey key,
            Instant now) {
        JsonNode body = json(answered.body());
        String token = body.path("access_token").asString("");
        if (StatusClass.success(answered.status()) && !token.isEmpty()) {
            Duration life = Duration.ofSeconds(body.path("expires_in").asLong(0));
            Duration kept = life.compareTo(BEFORE_END.multipliedBy(2)) > 0 ? life.minus(BEFORE_END) : life.dividedBy(2);
            return new Given.Token(token, key.email(), now.plus(kept.compareTo(LONGEST) > 0 ? LONGEST : kept));
        }
        Redactor redactor = Redactor.of(credential);
        ActionResult.Failed failed =
                errors.answered(request, answered, RULES, AnswerBody.of(answered, redactor), redactor);
        boolean theKey = answered.status() == 400 || answered.status() == 401 || answered.status() == 403;
        return new Given.Nothing(new Access.Denied(theKey ? refusedKey(failed, key) : failed));
    }

    private static ActionResult.Failed refusedKey(ActionResult.Failed failed, ServiceAccountKey key) {
        StepError error = failed.error();
        return new ActionResult.Failed(
                new StepError(
                        ErrorClass.AUTHENTICATION,
                        error.code(),
                        "Google gives the service account no token. " + error.message(),
                        // Not the action's answer: nothing was asked of it.
                        null,
                        error.request(),
                        error.answer(),
                        "Check that " + key.email() + " still exists and that its key was not deleted; store a new key,"
                                + " then redrive."),
                false);
    }

    private static ActionResult.Failed harmless(ActionResult.Failed failed) {
        return new ActionResult.Failed(failed.error(), failed.retryAfter(), false, failed.connectionWide());
    }

    private static Access unreadable() {
        return new Access.Denied(new ActionResult.Failed(
                new StepError(
                        ErrorClass.OUTAGE,
                        "no_token",
                        "There is no access token for the service account at the moment.",
                        null,
                        null,
                        null,
                        "Nothing to do: the engine tries again as the step's retry policy says."),
                false));
    }

    private static Given awaited(CompletableFuture<Given> token) {
        try {
            return token.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Given.Nothing(unreadable());
        } catch (TimeoutException | ExecutionException e) {
            return new Given.Nothing(unreadable());
        }
    }

    private static Credential with(Credential credential, Given.Token token) {
        Map<String, String> attributes = new HashMap<>(credential.attributes());
        attributes.put(EMAIL, token.email());
        Map<String, String> secrets = new HashMap<>(credential.secrets());
        secrets.put("access_token", token.text());
        return new Credential(
                credential.id(), credential.org(), credential.kind(), credential.name(), attributes, secrets);
    }

    /** The address of the account that a usable credential is of; empty if it is none. */
    static Optional<String> email(@Nullable Credential usable) {
        return Optional.ofNullable(usable)
                .map(credential -> credential.attributes().get(EMAIL));
    }

    private static JsonNode json(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException e) {
            return JSON.createObjectNode();
        }
    }
}
