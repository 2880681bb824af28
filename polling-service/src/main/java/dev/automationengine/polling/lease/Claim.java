package dev.automationengine.polling.lease;

import dev.automationengine.model.id.OrgId;

/**
 * A state that a replica holds. Whoever has lost it cannot write it any more.
 *
 * @param org the organization
 * @param id the state's id
 * @param owner the name of the replica
 * @param rev the state's revision since it was claimed
 */
public record Claim(OrgId org, String id, String owner, long rev) {}
