package dev.automationengine.kit.ratelimit;

/**
 * Whether a call may pass.
 *
 * @param passes whether it may
 * @param limit the limit that is the nearest, or was reached
 * @param remaining how many more may pass under it, as far as is known here
 * @param reset whole seconds until it begins anew, 1 or more
 */
public record Verdict(boolean passes, String limit, long remaining, long reset) {
    /** As the header {@code RateLimit} tells it (draft-ietf-httpapi-ratelimit-headers). */
    public String header() {
        return "\"" + limit + "\";r=" + remaining + ";t=" + reset;
    }
}
