package dev.automationengine.kit.mongo;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.data.mongodb.core.MongoOperations;

/** Creates the declared indexes as soon as MongoDB is there. */
final class IndexCreator implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(IndexCreator.class);
    private static final long RETRY_MILLIS = 2_000;

    private final MongoOperations mongo;
    private final List<CollectionIndex> indexes;
    private volatile boolean running;
    private volatile Thread thread = Thread.currentThread();

    IndexCreator(MongoOperations mongo, List<CollectionIndex> indexes) {
        this.mongo = mongo;
        this.indexes = indexes;
    }

    @Override
    public void start() {
        running = true;
        // In the background: a service must come up while MongoDB is away.
        thread = Thread.ofVirtual().name("index-creator").start(this::createUntilDone);
    }

    @Override
    public void stop() {
        running = false;
        thread.interrupt();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void createUntilDone() {
        while (running) {
            try {
                indexes.forEach(i -> mongo.indexOps(i.collection()).createIndex(i.index()));
                return;
            } catch (RuntimeException e) {
                log.warn("Indexes could not be created yet: {}", e.getMessage());
                pause();
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(RETRY_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            running = false;
        }
    }
}
