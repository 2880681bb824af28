package dev.automationengine.gateway.access;

import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.UserId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who calls. */
public sealed interface Caller {
    /** The organization that it acts for. */
    OrgId org();

    /** The id of the user or key. */
    String subject();

    /** What it may do. */
    Set<Scope> scopes();

    /** Whether it may do all that the role may: nobody gives to others what it has not itself. */
    default boolean covers(Role role) {
        return scopes().containsAll(role.scopes());
    }

    /**
     * A user who has signed in.
     *
     * @param org the user's organization
     * @param id the user
     * @param role what the user is there
     * @param session the session that the access token belongs to; null if the user signed in elsewhere (OpenID Connect)
     */
    record Member(OrgId org, UserId id, Role role, @Nullable String session) implements Caller {
        @Override
        public String subject() {
            return id.value();
        }

        @Override
        public Set<Scope> scopes() {
            return role.scopes();
        }
    }

    /**
     * A program with an API key.
     *
     * @param org the key's organization
     * @param subject the key's id
     * @param scopes what the key may do
     */
    record KeyHolder(OrgId org, String subject, Set<Scope> scopes) implements Caller {
        /** Copies the scopes. */
        public KeyHolder {
            scopes = Set.copyOf(scopes);
        }
    }
}
