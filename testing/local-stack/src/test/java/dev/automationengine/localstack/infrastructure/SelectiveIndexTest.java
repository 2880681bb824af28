package dev.automationengine.localstack.infrastructure;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Updates;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The id finds a document; the rest of the filter still decides. */
class SelectiveIndexTest {
    @Test
    void a_filter_that_asks_for_more_than_the_id_finds_what_it_says_and_nothing_else(@TempDir Path directory) {
        try (MongoStore store = MongoStore.inFile(directory.resolve("mongo.h2"), Ports.free());
                MongoClient client = MongoClients.create(store.url("test"))) {
            MongoCollection<Document> documents = client.getDatabase("test").getCollection("documents");
            documents.insertMany(IntStream.range(0, 10)
                    .mapToObj(i -> new Document("_id", "d" + i)
                            .append("org_id", "o" + i % 2)
                            .append("rev", 1))
                    .toList());

            assertThat(documents.find(and(eq("_id", "d1"), eq("org_id", "o1"))).first())
                    .containsEntry("rev", 1);
            assertThat(documents.find(and(eq("_id", "d1"), eq("org_id", "o0"))).first())
                    .isNull();
            assertThat(documents
                            .find(and(in("_id", List.of("d1", "d2", "d3", "none")), in("org_id", List.of("o1"))))
                            .into(new ArrayList<>()))
                    .extracting(document -> document.getString("_id"))
                    .containsExactlyInAnyOrder("d1", "d3");
            assertThat(update(documents, "d1", 2)).isZero();
            assertThat(update(documents, "d1", 1)).isOne();
            assertThat(documents
                            .deleteOne(and(eq("_id", "d1"), eq("org_id", "o0")))
                            .getDeletedCount())
                    .isZero();
            assertThat(documents
                            .deleteOne(and(eq("_id", "d1"), eq("org_id", "o1")))
                            .getDeletedCount())
                    .isOne();
            assertThat(documents.find(eq("_id", "d1")).first()).isNull();
        }
    }

    private static long update(MongoCollection<Document> documents, String id, int rev) {
        return documents
                .updateOne(and(eq("_id", id), eq("org_id", "o1"), eq("rev", rev)), Updates.inc("rev", 5))
                .getMatchedCount();
    }
}
