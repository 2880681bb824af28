package dev.automationengine.model.execution;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What follows where an action must not be repeated blindly and nobody knows whether it was done. */
public enum OnUnknown {
    /** The step fails; a person looks and decides. */
    @JsonProperty("hold")
    HOLD,
    /** The action is done again: the author would rather have it twice than not at all. */
    @JsonProperty("repeat")
    REPEAT
}
