package dev.automationengine.trigger.meta;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * "There is a lead": one change of a delivery.
 *
 * @param leadgenId Meta's id of the lead
 * @param pageId Meta's id of the page
 * @param formId Meta's id of the form; null where Meta left it out
 * @param createdTime when the person sent the form; null where Meta left it out
 */
public record LeadgenChange(
        String leadgenId,
        String pageId,
        @Nullable String formId,
        @Nullable Instant createdTime) {}
