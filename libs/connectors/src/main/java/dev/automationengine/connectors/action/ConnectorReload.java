package dev.automationengine.connectors.action;

import dev.automationengine.kit.background.BackgroundService;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for manifests that came, changed or went, and lets the new ones hold without a restart. What cannot work is
 * refused as a whole: those before stay, until the directory changes again.
 */
final class ConnectorReload implements BackgroundService {
    private static final Logger log = LoggerFactory.getLogger(ConnectorReload.class);
    private static final String RELOADS = "engine.connectors.reloads";

    private final ActionCatalog catalog;
    private final ManifestDirectory directory;
    private final Duration every;
    private final MeterRegistry meters;
    private final AtomicInteger refused;
    private Map<String, String> seen;

    /**
     * A reload of a catalog that has just been loaded.
     *
     * @param every pause between two looks
     */
    ConnectorReload(ActionCatalog catalog, ManifestDirectory directory, Duration every, MeterRegistry meters) {
        this.catalog = catalog;
        this.directory = directory;
        this.every = every;
        this.meters = meters;
        this.refused = meters.gauge("engine.connectors.refused", new AtomicInteger());
        this.seen = Map.of();
    }

    @Override
    public String name() {
        return "connectors";
    }

    @Override
    public Duration round() {
        Map<String, String> files = directory.read();
        if (!files.equals(seen)) {
            replace(files);
            seen = files;
        }
        return every;
    }

    private void replace(Map<String, String> files) {
        try {
            catalog.replace(files);
            refused.set(0);
            meters.counter(RELOADS, "outcome", "loaded").increment();
            log.info("The connectors of {} hold now: {}", directory.path(), files.keySet());
        } catch (InvalidManifestException e) {
            refused.set(1);
            meters.counter(RELOADS, "outcome", "refused").increment();
            log.error("The connectors of {} are refused, those before stay: {}", directory.path(), e.getMessage());
        }
    }
}
