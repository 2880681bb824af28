package dev.automationengine.localstack.infrastructure;

import de.bwaldvogel.mongo.bson.Document;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * Indexes change while nothing is read or written. The server keeps a collection's indexes in a plain list, which each
 * command goes through: one that met a change of it would fail.
 */
final class IndexLock {
    private static final Set<String> CHANGES = Set.of("createIndexes", "dropIndexes", "deleteIndexes");

    private final ReentrantReadWriteLock indexes = new ReentrantReadWriteLock();

    /** Runs a command, alone if it changes indexes. */
    Document run(String command, Supplier<Document> server) {
        Lock lock = CHANGES.contains(command) ? indexes.writeLock() : indexes.readLock();
        lock.lock();
        try {
            return server.get();
        } finally {
            lock.unlock();
        }
    }
}
