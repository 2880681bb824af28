package dev.automationengine.localstack.infrastructure;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.backend.h2.H2Database;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.h2.mvstore.MVStore;

/**
 * The H2 backend, but a write is acknowledged only after the store has given it to the operating system. As it comes,
 * the backend leaves that to a background thread, and {@code kill -9} loses acknowledged writes.
 *
 * <p>Writes that come while the store is busy with others are given to it together.
 */
final class DurableBackend extends H2Backend {
    private static final Set<String> ABOUT_THE_SERVER = Set.of("hello", "ismaster", "isMaster", "ping", "buildInfo");
    private static final Set<String> READS = Set.of("find", "getMore", "count", "distinct");
    private static final int UNSAVED_KILOBYTES = 64 << 10;
    private static final int RETENTION_MILLIS = 1000;

    // A write touches the data and its indexes: the store may only be saved between writes, never within one.
    private final ReentrantReadWriteLock quiet = new ReentrantReadWriteLock();
    private final IndexLock indexes = new IndexLock();
    private final Object saving = new Object();
    private final AtomicLong written = new AtomicLong();
    private long saved;

    DurableBackend(Path file) {
        super(open(file));
    }

    private static MVStore open(Path file) {
        MVStore store = new MVStore.Builder()
                .fileName(file.toString())
                .autoCommitBufferSize(UNSAVED_KILOBYTES)
                .open();
        // No saving in the background: see "quiet".
        store.setAutoCommitDelay(0);
        store.setVersionsToKeep(0);
        // Each write adds a chunk to the file: take back the space of outdated ones soon.
        store.setRetentionTime(RETENTION_MILLIS);
        return store;
    }

    @Override
    protected MongoDatabase openOrCreateDatabase(String name) {
        return new H2Database(name, getMvStore(), getCursorRegistry()) {
            @Override
            protected Index<Object> openOrCreateUniqueIndex(
                    String collection, String index, List<IndexKey> keys, boolean sparse) {
                return new SelectiveIndex<>(super.openOrCreateUniqueIndex(collection, index, keys, sparse), sparse);
            }
        };
    }

    @Override
    public Document handleMessage(MongoMessage message) {
        Conjunctions.flatten(message);
        String command = Hello.command(message);
        if (ABOUT_THE_SERVER.contains(command)) {
            return Hello.answered(message, super::handleMessage);
        }
        return indexes.run(command, () -> READS.contains(command) ? super.handleMessage(message) : write(message));
    }

    private Document write(MongoMessage message) {
        quiet.readLock().lock();
        Document answer;
        long mine;
        try {
            answer = super.handleMessage(message);
            mine = written.incrementAndGet();
        } finally {
            quiet.readLock().unlock();
        }
        save(mine);
        return answer;
    }

    private void save(long mine) {
        synchronized (saving) {
            if (saved >= mine) {
                return;
            }
            quiet.writeLock().lock();
            try {
                saved = written.get();
                getMvStore().commit();
            } finally {
                quiet.writeLock().unlock();
            }
        }
    }
}
