package dev.automationengine.systemtests.fleet;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.support.TypeBasedParameterResolver;

/**
 * Hands the fleet to tests: one for all test classes, stopped after the last. A class fails if a process of the fleet
 * reached for more than one organization's data meanwhile.
 */
public final class FleetExtension extends TypeBasedParameterResolver<Fleet> implements AfterAllCallback {
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(FleetExtension.class);

    @Override
    public Fleet resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot().getStore(NAMESPACE).computeIfAbsent(Fleet.class, key -> Fleet.start(), Fleet.class);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        Fleet fleet = context.getRoot().getStore(NAMESPACE).get(Fleet.class, Fleet.class);
        if (fleet != null) {
            fleet.requireIsolation();
        }
    }
}
