package dev.automationengine.trigger.event;

import dev.automationengine.model.id.EventId;
import dev.automationengine.model.id.OrgId;

/**
 * Where an event is found: in a sharded collection an id alone would ask every shard.
 *
 * @param org the organization
 * @param id the event
 */
public record EventRef(OrgId org, EventId id) {}
