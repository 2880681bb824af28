package dev.automationengine.kit.privacy;

import dev.automationengine.kit.security.InternalTokens;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import tools.jackson.databind.json.JsonMapper;

/** What the caller of the current request may see of people. */
public final class Sight {
    private static final String MAY_SEE = "SCOPE_" + InternalTokens.SCOPE_PERSONAL;

    private final Masks masks;
    private final JsonMapper json;

    Sight(Masks masks, JsonMapper json) {
        this.masks = masks;
        this.json = json;
    }

    /** Whether he may see them; nobody may who is not known. */
    public boolean isClear() {
        Authentication caller = SecurityContextHolder.getContext().getAuthentication();
        return caller != null
                && caller.getAuthorities().stream().anyMatch(granted -> MAY_SEE.equals(granted.getAuthority()));
    }

    /** An answer's JSON for a caller who may not see people. */
    public Object masked(Object body) {
        return masks.masked(json.valueToTree(body));
    }
}
