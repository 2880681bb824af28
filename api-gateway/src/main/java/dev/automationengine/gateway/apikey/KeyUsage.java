package dev.automationengine.gateway.apikey;

import com.mongodb.MongoException;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.Updates;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.stereotype.Component;

/**
 * Remembers when keys were used and writes it down once in a while, all keys in one command: a busy key costs one write
 * a minute, not one per call. What a crash loses is a minute of a date that people look at.
 */
@Component
class KeyUsage implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(KeyUsage.class);
    private static final int MOST_REMEMBERED = 10_000;
    private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);

    private final Map<String, Instant> used = new ConcurrentHashMap<>();
    private final MongoTemplate mongo;
    private final MeterRegistry meters;
    private final long intervalMillis;
    private volatile @Nullable ScheduledExecutorService clockwork;

    KeyUsage(MongoTemplate mongo, ApiKeyProperties properties, MeterRegistry meters) {
        this.mongo = mongo;
        this.meters = meters;
        this.intervalMillis = properties.usageInterval().toMillis();
    }

    /** Notes a use; of more keys than can be remembered until the next writing, some keep their older date. */
    void record(String keyId, Instant at) {
        if (used.size() < MOST_REMEMBERED || used.containsKey(keyId)) {
            used.merge(keyId, at, (one, other) -> one.isAfter(other) ? one : other);
        }
    }

    /** Writes down what was noted; what cannot be written is noted again. */
    void flush() {
        Map<String, Instant> noted = new HashMap<>();
        used.keySet().forEach(id -> {
            Instant at = used.remove(id);
            if (at != null) {
                noted.put(id, at);
            }
        });
        if (noted.isEmpty()) {
            return;
        }
        List<UpdateOneModel<Document>> updates = noted.entrySet().stream()
                .map(entry -> new UpdateOneModel<Document>(
                        Filters.eq(entry.getKey()), Updates.max("last_used_at", Date.from(entry.getValue()))))
                .toList();
        try {
            mongo.getCollection(ApiKey.COLLECTION).bulkWrite(updates, UNORDERED);
        } catch (MongoException | DataAccessException e) {
            noted.forEach(this::record);
            meters.counter("engine.gateway.key-usage.failed").increment();
            log.warn("When keys were used last cannot be written now: tried again later", e);
        }
    }

    @Override
    public void start() {
        ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(
                Thread.ofVirtual().name("key-usage").factory());
        started.scheduleWithFixedDelay(this::flush, intervalMillis, intervalMillis, TimeUnit.MILLISECONDS);
        clockwork = started;
    }

    @Override
    public void stop() {
        ScheduledExecutorService running = clockwork;
        if (running != null) {
            running.shutdown();
            clockwork = null;
            flush();
        }
    }

    @Override
    public boolean isRunning() {
        return clockwork != null;
    }
}
