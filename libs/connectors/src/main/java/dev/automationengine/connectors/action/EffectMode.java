package dev.automationengine.connectors.action;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether an action may be repeated when nobody knows if it happened. */
public enum EffectMode {
    /** A second time changes nothing. */
    @JsonProperty("idempotent")
    IDEMPOTENT(true),
    /** The third party drops a repetition with the same idempotency key. */
    @JsonProperty("keyed")
    KEYED(true),
    /** The third party can be asked whether it happened. Not asked yet, so handled as {@link #UNSAFE}. */
    @JsonProperty("verifiable")
    VERIFIABLE(false),
    /** A second time happens twice: a person decides. */
    @JsonProperty("unsafe")
    UNSAFE(false);

    private final boolean repeatable;

    EffectMode(boolean repeatable) {
        this.repeatable = repeatable;
    }

    /** Whether it may be repeated without asking anybody. */
    public boolean repeatable() {
        return repeatable;
    }
}
