package dev.automationengine.localstack.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Indexes;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service makes its indexes while others write. */
class IndexLockTest {
    private static final int INDEXES = 60;
    private static final int WRITERS = 4;

    @Test
    void writes_go_on_in_memory_while_indexes_are_made() throws Exception {
        try (MongoStore store = MongoStore.inMemory(Ports.free())) {
            writeWhileIndexing(store);
        }
    }

    @Test
    void writes_go_on_in_a_file_while_indexes_are_made(@TempDir Path directory) throws Exception {
        try (MongoStore store = MongoStore.inFile(directory.resolve("mongo.h2"), Ports.free())) {
            writeWhileIndexing(store);
        }
    }

    private static void writeWhileIndexing(MongoStore store) throws Exception {
        AtomicBoolean indexing = new AtomicBoolean(true);
        try (MongoClient client = MongoClients.create(store.url("test"));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            MongoCollection<Document> documents = client.getDatabase("test").getCollection("documents");
            List<Future<Integer>> writers = IntStream.range(0, WRITERS)
                    .mapToObj(writer -> threads.submit(() -> write(documents, indexing)))
                    .toList();
            try {
                for (int i = 0; i < INDEXES; i++) {
                    documents.createIndex(Indexes.ascending("member" + i));
                }
            } finally {
                indexing.set(false);
            }
            long written = 0;
            for (Future<Integer> writer : writers) {
                written += writer.get();
            }
            assertThat(documents.countDocuments()).isEqualTo(written);
        }
    }

    private static int write(MongoCollection<Document> documents, AtomicBoolean indexing) {
        int written = 0;
        do {
            documents.insertOne(new Document("member0", written));
            documents.find(new Document("member1", "none")).first();
            written++;
        } while (indexing.get());
        return written;
    }
}
