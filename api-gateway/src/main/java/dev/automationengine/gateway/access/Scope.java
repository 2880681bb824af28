package dev.automationengine.gateway.access;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Something that a caller may do. A user's role is a set of scopes; an API key carries its own. */
public enum Scope {
    /** Read workflows, their versions, schedules and polls. */
    WORKFLOWS_READ,
    /** Create, change, activate, test and delete workflows. */
    WORKFLOWS_WRITE,
    /** Read executions, dead letters and replays. */
    EXECUTIONS_READ,
    /** Run workflows, cancel, re-run and redrive executions. */
    EXECUTIONS_WRITE,
    /** Read events and what listens to them. */
    EVENTS_READ,
    /** See people in events, executions and dead letters; without it they are masked. */
    PERSONAL_READ,
    /** Send events. */
    EVENTS_WRITE,
    /** Read which credentials and connections there are; never their secrets. */
    CREDENTIALS_READ,
    /** Create, change and delete credentials and connections. */
    CREDENTIALS_WRITE,
    /** Read who the organization's users are, and who is invited. */
    USERS_READ,
    /** Invite, change and remove users. */
    USERS_WRITE,
    /** Read which API keys there are; never their texts. */
    KEYS_READ,
    /** Create and delete API keys. */
    KEYS_WRITE,
    /** Read who changed what. */
    AUDIT_READ,
    /** Read requests about people, and what they found. */
    PRIVACY_READ,
    /** Search for a person, erase what there is, and say how long data is kept. */
    PRIVACY_WRITE,
    /** Read the organization, and what the engine offers to all of them. */
    ORGANIZATION_READ,
    /** Change the organization and its plan, or end it. */
    ORGANIZATION_WRITE;

    /** The scope as the API and the database name it: {@code workflows:read}. */
    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ':');
    }
}
