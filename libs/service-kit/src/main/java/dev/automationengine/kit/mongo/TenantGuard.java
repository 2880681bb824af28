package dev.automationengine.kit.mongo;

import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import java.util.function.Supplier;
import org.bson.BsonDocument;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at every command on its way to MongoDB and reports those that {@link TenantRules} forbids: an ERROR line that
 * begins with {@value #LINE}, {@code engine.mongo.violations{collection,command}}, and the system property
 * {@value #REMEMBERED}, by which the tests of this process learn of it and fail (TenantIsolationExtension of the local
 * stack). The command itself goes on: the driver lets no listener stop it.
 */
final class TenantGuard implements CommandListener {
    /** Where tests in the same process find what was violated: one line {@code origin's class|text} for each. */
    static final String REMEMBERED = "engine.mongo.violations";

    static final String LINE = "Tenant isolation violated";

    private static final Logger log = LoggerFactory.getLogger(TenantGuard.class);
    private static final String OURS = "dev.automationengine.";
    private static final int LONGEST = 20_000;

    private final Supplier<MeterRegistry> meters;

    TenantGuard(Supplier<MeterRegistry> meters) {
        this.meters = meters;
    }

    @Override
    public void commandStarted(CommandStartedEvent event) {
        String name = event.getCommandName();
        BsonDocument command = event.getCommand();
        judge(name, command).ifPresent(wrong -> report(name, TenantRules.collection(name, command), wrong));
    }

    private static Optional<String> judge(String name, BsonDocument command) {
        try {
            return TenantRules.violation(name, command);
        } catch (RuntimeException e) {
            // The driver would swallow it, and what cannot be understood is not known to be right.
            return Optional.of(
                    "the command cannot be understood: " + e.getClass().getSimpleName());
        }
    }

    private void report(String name, String collection, String wrong) {
        String origin = StackWalker.getInstance()
                .walk(frames -> frames.filter(frame -> frame.getClassName().startsWith(OURS)
                                && !frame.getClassName().equals(TenantGuard.class.getName()))
                        .findFirst()
                        .map(frame -> frame.getClassName() + "|" + frame.getMethodName() + ":" + frame.getLineNumber())
                        .orElse("|unknown"));
        String text = origin + " " + name + " " + collection + ": " + wrong;
        log.atError()
                .addKeyValue("collection", collection)
                .addKeyValue("command", name)
                .log("{}: {}", LINE, text);
        String known = EngineCollection.named(collection).isPresent() ? collection : "unknown";
        meters.get()
                .counter("engine.mongo.violations", "collection", known, "command", name)
                .increment();
        remember(text);
    }

    private static synchronized void remember(String text) {
        String before = System.getProperty(REMEMBERED, "");
        if (before.length() < LONGEST && !before.contains(text)) {
            System.setProperty(REMEMBERED, before + text + "\n");
        }
    }
}
