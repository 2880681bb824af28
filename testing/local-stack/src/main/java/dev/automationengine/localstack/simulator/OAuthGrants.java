package dev.automationengine.localstack.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What the simulated authorization server gave out. A code is good once, a refresh token too while {@link #rotates} is
 * on: who uses one again loses the whole family, as RFC 9700 asks for. Thread-safe.
 */
public final class OAuthGrants {
    private static final Duration DEFAULT_LIFETIME = Duration.ofMinutes(30);

    private final InstantSource clock;
    private final Set<String> redirectUris = new HashSet<>();
    private final Map<String, Code> codes = new HashMap<>();
    private final Map<String, String> familyByRefresh = new HashMap<>();
    private final Map<String, String> currentByFamily = new HashMap<>();
    private final Map<String, Access> access = new HashMap<>();
    private Duration lifetime = DEFAULT_LIFETIME;
    private boolean rotates = true;
    private int refreshes;
    private int reuses;
    private int revocations;

    OAuthGrants(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * A code that was given out.
     *
     * @param vendor who gave it out
     * @param redirectUri where it was sent
     * @param challenge what its verifier must hash to
     */
    record Code(Vendor vendor, String redirectUri, String challenge) {}

    /**
     * A pair of tokens.
     *
     * @param access the access token
     * @param refresh the refresh token
     * @param seconds how long the access token lives
     * @param fresh whether the refresh token is a new one
     */
    public record Pair(String access, String refresh, long seconds, boolean fresh) {}

    private record Access(Vendor vendor, String family, Instant until) {}

    /** Lets people be sent back to this URI, exactly. */
    public synchronized void redirectUri(String uri) {
        redirectUris.add(uri);
    }

    /** How long access tokens live that are given out from now on. */
    public synchronized void lifetime(Duration of) {
        lifetime = of;
    }

    /** Whether a refresh token is good once only; on from the start. */
    public synchronized void rotates(boolean on) {
        rotates = on;
    }

    /** How many refreshes were granted. */
    public synchronized int refreshes() {
        return refreshes;
    }

    /** How often a refresh token or code was used once more. */
    public synchronized int reuses() {
        return reuses;
    }

    /** All tokens that are good, or were and have not been taken back: what nobody else may see. */
    public synchronized List<String> tokens() {
        return Stream.concat(access.keySet().stream(), familyByRefresh.keySet().stream())
                .toList();
    }

    /** How many grants were taken back by their client. */
    public synchronized int revocations() {
        return revocations;
    }

    /** Ends all access tokens, though their time is not over. */
    public synchronized void endAccess() {
        access.clear();
    }

    /** Ends everything that was given out: the person took the consent back. */
    public synchronized void revokeAll() {
        access.clear();
        familyByRefresh.clear();
        currentByFamily.clear();
    }

    synchronized void clear() {
        revokeAll();
        codes.clear();
        redirectUris.clear();
        lifetime = DEFAULT_LIFETIME;
        rotates = true;
        refreshes = 0;
        reuses = 0;
        revocations = 0;
    }

    synchronized boolean knows(String redirectUri) {
        return redirectUris.contains(redirectUri);
    }

    synchronized String code(Vendor vendor, String redirectUri, String challenge) {
        String code = "code-" + UUID.randomUUID();
        codes.put(code, new Code(vendor, redirectUri, challenge));
        return code;
    }

    /** Takes a code; a second time it is not there any more. */
    synchronized Optional<Code> take(String code) {
        Optional<Code> found = Optional.ofNullable(codes.remove(code));
        if (found.isEmpty()) {
            reuses++;
        }
        return found;
    }

    /** A person consents: gives the first pair of tokens, without the way through a browser. */
    public synchronized Pair consent() {
        return first(Vendor.OAUTH);
    }

    synchronized Pair first(Vendor vendor) {
        return issue(vendor, vendor + "-" + UUID.randomUUID(), "refresh-" + UUID.randomUUID(), true);
    }

    /**
     * The next pair; empty if the refresh token is no good, or another vendor's.
     *
     * @param mayRotate whether the vendor gives new refresh tokens at all
     */
    synchronized Optional<Pair> refresh(Vendor vendor, String token, boolean mayRotate) {
        String family = familyByRefresh.get(token);
        if (family == null || !family.startsWith(vendor + "-") || !currentByFamily.containsKey(family)) {
            return Optional.empty();
        }
        if (!token.equals(currentByFamily.get(family))) {
            reuses++;
            currentByFamily.remove(family);
            access.values().removeIf(given -> given.family().equals(family));
            return Optional.empty();
        }
        refreshes++;
        boolean fresh = rotates && mayRotate;
        return Optional.of(issue(vendor, family, fresh ? "refresh-" + UUID.randomUUID() : token, fresh));
    }

    /**
     * Ends what a token belongs to: its whole family by a refresh token, else itself (RFC 7009, section 2.1).
     *
     * @return whether there was something to end
     */
    synchronized boolean revoke(String token) {
        String family = familyByRefresh.get(token);
        if (family == null) {
            return access.remove(token) != null;
        }
        if (currentByFamily.remove(family) == null) {
            return false;
        }
        access.values().removeIf(given -> given.family().equals(family));
        revocations++;
        return true;
    }

    /** Whether an access token is good at that vendor. */
    synchronized boolean accepts(Vendor vendor, String token) {
        Access given = access.get(token);
        return given != null && given.vendor() == vendor && accepts(token);
    }

    synchronized boolean accepts(String token) {
        Access given = access.get(token);
        return given != null && clock.instant().isBefore(given.until());
    }

    private Pair issue(Vendor vendor, String family, String refresh, boolean fresh) {
        String token = "access-" + UUID.randomUUID();
        access.put(token, new Access(vendor, family, clock.instant().plus(lifetime)));
        familyByRefresh.put(refresh, family);
        currentByFamily.put(family, refresh);
        return new Pair(token, refresh, lifetime.toSeconds(), fresh);
    }
}
