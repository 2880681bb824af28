package dev.automationengine.connectors.action;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How an action is performed. */
interface Action {
    ActionResult run(ActionCall call);

    /** Whether a call with this input may be repeated. */
    EffectMode effect(Map<String, ? extends @Nullable Object> input);
}
