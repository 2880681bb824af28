package dev.automationengine.model.execution;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What kind of failure an attempt met: it decides whether and against which budget the step is tried again. */
public enum ErrorClass {
    /** The third party asked us to slow down. */
    @JsonProperty("throttled")
    THROTTLED(true),
    /** The third party is down or broken: 5xx, connection refused, an open circuit breaker. */
    @JsonProperty("outage")
    OUTAGE(true),
    /** No answer in time: whether the effect happened is unknown. */
    @JsonProperty("timeout")
    TIMEOUT(true),
    /** The credential is refused or expired: a person may mend it. */
    @JsonProperty("authentication")
    AUTHENTICATION(true),
    /** The third party understood the request and refuses it: trying again changes nothing. */
    @JsonProperty("rejected")
    REJECTED(false),
    /** The workflow's own configuration cannot work. */
    @JsonProperty("configuration")
    CONFIGURATION(false),
    /** A fault of this engine. */
    @JsonProperty("internal")
    INTERNAL(true);

    private final boolean retryable;

    ErrorClass(boolean retryable) {
        this.retryable = retryable;
    }

    /** Whether trying again may help. */
    public boolean retryable() {
        return retryable;
    }
}
