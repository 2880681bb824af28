package dev.automationengine.localstack.infrastructure;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A server in this JVM that speaks MongoDB's wire protocol. It knows no transactions, pipeline updates, change streams
 * or TTL deletion: what the engine does must do without.
 */
public final class MongoStore implements AutoCloseable {
    private final MongoServer server;
    private final int port;

    private MongoStore(MongoServer server, int port) {
        this.server = server;
        this.port = port;
        server.bind(Ports.HOST, port);
    }

    /** Keeps everything in memory: fast, and gone with the JVM. */
    public static MongoStore inMemory(int port) {
        return new MongoStore(new MongoServer(new VolatileBackend()), port);
    }

    /**
     * Keeps everything in a file. An acknowledged write survives {@code kill -9}.
     *
     * @param file the store's file; its directory is created
     * @param port the port to listen on
     */
    public static MongoStore inFile(Path file, int port) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw new UncheckedIOException("MongoDB can't use " + file, e);
        }
        return new MongoStore(new MongoServer(new DurableBackend(file)), port);
    }

    /** Connection string of a database. */
    public String url(String database) {
        return "mongodb://" + Ports.HOST + ":" + port + "/" + database;
    }

    /** Stops serving and closes the store. */
    @Override
    public void close() {
        server.shutdownNow();
    }

    private static final class VolatileBackend extends MemoryBackend {
        private final IndexLock indexes = new IndexLock();

        @Override
        public Document handleMessage(MongoMessage message) {
            Conjunctions.flatten(message);
            return indexes.run(Hello.command(message), () -> Hello.answered(message, super::handleMessage));
        }
    }
}
