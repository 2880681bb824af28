package dev.automationengine.gateway.access;

import static dev.automationengine.gateway.access.Scope.AUDIT_READ;
import static dev.automationengine.gateway.access.Scope.CREDENTIALS_READ;
import static dev.automationengine.gateway.access.Scope.CREDENTIALS_WRITE;
import static dev.automationengine.gateway.access.Scope.EVENTS_READ;
import static dev.automationengine.gateway.access.Scope.EVENTS_WRITE;
import static dev.automationengine.gateway.access.Scope.EXECUTIONS_READ;
import static dev.automationengine.gateway.access.Scope.EXECUTIONS_WRITE;
import static dev.automationengine.gateway.access.Scope.KEYS_READ;
import static dev.automationengine.gateway.access.Scope.KEYS_WRITE;
import static dev.automationengine.gateway.access.Scope.ORGANIZATION_READ;
import static dev.automationengine.gateway.access.Scope.PERSONAL_READ;
import static dev.automationengine.gateway.access.Scope.PRIVACY_READ;
import static dev.automationengine.gateway.access.Scope.PRIVACY_WRITE;
import static dev.automationengine.gateway.access.Scope.USERS_READ;
import static dev.automationengine.gateway.access.Scope.USERS_WRITE;
import static dev.automationengine.gateway.access.Scope.WORKFLOWS_READ;
import static dev.automationengine.gateway.access.Scope.WORKFLOWS_WRITE;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What a user is in an organization, from the least to the most; each role may do what those before it may. */
public enum Role {
    /** Looks. */
    VIEWER(EnumSet.of(WORKFLOWS_READ, EXECUTIONS_READ, EVENTS_READ, ORGANIZATION_READ)),
    /** Writes workflows, runs them, and sees whom they are about. */
    EDITOR(EnumSet.of(WORKFLOWS_WRITE, EXECUTIONS_WRITE, EVENTS_WRITE, CREDENTIALS_READ, PERSONAL_READ), VIEWER),
    /** Looks after users, keys, credentials and people's data, and sees who changed what. */
    ADMIN(
            EnumSet.of(
                    AUDIT_READ,
                    CREDENTIALS_WRITE,
                    USERS_READ,
                    USERS_WRITE,
                    KEYS_READ,
                    KEYS_WRITE,
                    PRIVACY_READ,
                    PRIVACY_WRITE),
            EDITOR),
    /** Everything, the plan and the end of the organization, too. */
    OWNER(EnumSet.allOf(Scope.class));

    private final Set<Scope> scopes;

    Role(Set<Scope> scopes) {
        this.scopes = Set.copyOf(scopes);
    }

    Role(Set<Scope> more, Role before) {
        EnumSet<Scope> all = EnumSet.copyOf(before.scopes);
        all.addAll(more);
        this.scopes = Set.copyOf(all);
    }

    /** What it may do. */
    public Set<Scope> scopes() {
        return scopes;
    }

    /** The role as the API and the database name it. */
    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
