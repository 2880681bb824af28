package dev.automationengine.dispatcher.workflow;

/**
 * A workflow as it stands in the store.
 *
 * @param workflow the workflow
 * @param deleted whether it is only there until its deletion is published
 */
record StoredChange(Workflow workflow, boolean deleted) {}
