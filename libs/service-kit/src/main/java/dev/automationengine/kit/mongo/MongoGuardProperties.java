package dev.automationengine.kit.mongo;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whether every command is looked at for its organization.
 *
 * @param guard {@code fail} in tests and in the local fleet; off by default, since what it finds is wrong in the program
 *     and is found before
 */
@ConfigurationProperties("engine.mongo")
record MongoGuardProperties(@DefaultValue("off") Mode guard) {
    /** What is done. */
    enum Mode {
        /** Nothing. */
        OFF,
        /** A violation is logged, counted, and remembered for the tests to fail. */
        FAIL
    }
}
