package dev.automationengine.gateway.apikey;

import dev.automationengine.model.id.OrgId;

/**
 * Who calls.
 *
 * @param org the organization that the key acts for
 * @param keyId the key
 */
public record Principal(OrgId org, String keyId) {}
