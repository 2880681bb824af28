package dev.automationengine.model.organization;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What an organization has subscribed to. */
public enum Plan {
    /** To try the engine. */
    FREE,
    /** For one team. */
    TEAM,
    /** For a company. */
    BUSINESS;

    /** The plan as the API names it. */
    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
