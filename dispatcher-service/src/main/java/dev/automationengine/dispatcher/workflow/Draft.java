package dev.automationengine.dispatcher.workflow;

import java.time.Instant;

/**
 * What an author works on and nobody runs yet.
 *
 * @param content what it says
 * @param updatedAt when it changed last
 * @param updatedBy who changed it
 */
public record Draft(Content content, Instant updatedAt, String updatedBy) {}
