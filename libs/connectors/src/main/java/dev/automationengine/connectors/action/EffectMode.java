package dev.automationengine.connectors.action;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What the engine does when nobody knows whether an action happened. */
public enum EffectMode {
    /** A second time changes nothing: it is repeated. */
    @JsonProperty("idempotent")
    IDEMPOTENT,
    /** The third party drops a repetition with the same idempotency key: it is repeated with the same key. */
    @JsonProperty("keyed")
    KEYED,
    /** The third party can be asked whether it happened: the engine looks, and acts only if it did not. */
    @JsonProperty("verifiable")
    VERIFIABLE,
    /** A second time happens twice: a person decides, or the author of the workflow has. */
    @JsonProperty("unsafe")
    UNSAFE;

    /** Whether it may be repeated without asking anybody. */
    public boolean repeatable() {
        return this == IDEMPOTENT || this == KEYED;
    }

    /** Whether the engine can go on by itself, by repeating or by looking. */
    public boolean recoverable() {
        return this != UNSAFE;
    }
}
