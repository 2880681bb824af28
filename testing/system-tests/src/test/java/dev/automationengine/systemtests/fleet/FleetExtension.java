package dev.automationengine.systemtests.fleet;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.support.TypeBasedParameterResolver;

/** Hands the fleet to tests: one for all test classes, stopped after the last. */
public final class FleetExtension extends TypeBasedParameterResolver<Fleet> {
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(FleetExtension.class);

    @Override
    public Fleet resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot().getStore(NAMESPACE).computeIfAbsent(Fleet.class, key -> Fleet.start(), Fleet.class);
    }
}
