package dev.automationengine.connectors.action;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an action is: enough for a form, for the check of a workflow and for running it.
 *
 * @param name the name that workflows use, for instance {@code CRM_INSERT}
 * @param title for people
 * @param connector the connector it belongs to
 * @param credentialKind the kind of credential that it uses; null if none
 * @param credentialRequired whether it cannot do without
 * @param effect whether it may be repeated
 * @param timeout how long one attempt may take where the workflow says nothing
 * @param input the fields of its configuration
 */
public record ActionDescriptor(
        String name,
        String title,
        String connector,
        @Nullable String credentialKind,
        boolean credentialRequired,
        EffectMode effect,
        Duration timeout,
        List<InputField> input) {
    /** Copies the fields. */
    public ActionDescriptor {
        input = List.copyOf(input);
    }
}
