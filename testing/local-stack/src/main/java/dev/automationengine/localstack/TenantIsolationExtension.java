package dev.automationengine.localstack;

import java.security.CodeSource;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test during which code of the engine asked MongoDB for more than one organization's data. The service kit's
 * guard (property {@code engine.mongo.guard}) remembers in a system property what it found; what a test class itself
 * asked for, to see what is stored, is not meant. Active in every module by JUnit's autodetection (root pom).
 */
public final class TenantIsolationExtension implements AfterEachCallback, AfterAllCallback {
    /** Lines {@code origin's class|text}. */
    static final String REMEMBERED = "engine.mongo.violations";

    @Override
    public void afterEach(ExtensionContext context) {
        check();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        check();
    }

    static void check() {
        String remembered = System.clearProperty(REMEMBERED);
        if (remembered == null) {
            return;
        }
        List<String> ours = remembered
                .lines()
                .filter(line -> !isTest(line.substring(0, line.indexOf('|'))))
                .toList();
        if (!ours.isEmpty()) {
            throw new AssertionError("Tenant isolation violated by\n" + String.join("\n", ours));
        }
    }

    private static boolean isTest(String type) {
        try {
            CodeSource source = Class.forName(
                            type, false, Thread.currentThread().getContextClassLoader())
                    .getProtectionDomain()
                    .getCodeSource();
            return source != null && source.getLocation().getPath().contains("/test-classes/");
        } catch (ClassNotFoundException e) {
            // Who cannot be found is not known to be a test.
            return false;
        }
    }
}
