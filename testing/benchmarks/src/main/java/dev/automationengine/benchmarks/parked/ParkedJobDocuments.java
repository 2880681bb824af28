package dev.automationengine.benchmarks.parked;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.InsertManyOptions;
import dev.automationengine.jobqueue.NewJob;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.JobId;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.StepId;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.bson.BsonBinaryWriter;
import org.bson.BsonDocument;
import org.bson.Document;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;

/** What dispatcher and scheduler would have stored (docs/architecture.md shows the documents). */
final class ParkedJobDocuments {
    private static final int BATCH = 5_000;
    private static final int ORGANIZATIONS = 50;
    private static final StepId STEP = new StepId("step_2");
    private static final String PAYLOAD = "{\"workflow_id\":\"wf_06h0dnna46qf6vw7d7p9svjf90\",\"action\":\"DELAY\","
            + "\"traceparent\":\"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\"}";

    private final MongoDatabase mongo;

    ParkedJobDocuments(MongoDatabase mongo) {
        this.mongo = mongo;
    }

    /** Parked jobs, {@code from} (inclusive) to {@code to}. */
    void park(int from, int to, IntFunction<Instant> due) {
        insert("scheduled_jobs", from, to, i -> scheduled(i, due.apply(i)));
    }

    /** The executions that wait for them. */
    void execute(int from, int to, IntFunction<Instant> due) {
        insert("executions", from, to, i -> execution(i, due.apply(i)));
    }

    /** Bytes of one parked job as BSON. */
    int bsonBytes() {
        BsonDocument document = scheduled(0, Instant.EPOCH).toBsonDocument(Document.class, mongo.getCodecRegistry());
        BasicOutputBuffer buffer = new BasicOutputBuffer();
        new BsonDocumentCodec()
                .encode(
                        new BsonBinaryWriter(buffer),
                        document,
                        EncoderContext.builder().build());
        return buffer.getSize();
    }

    static NewJob job(int i, Instant due) {
        return new NewJob(id(i), org(i), NewJob.NORMAL, due, 1, 0, false, null, PAYLOAD);
    }

    static JobId id(int i) {
        return new JobId(new ExecutionId(String.format("exec_%026d", i)), STEP, 1);
    }

    private static OrgId org(int i) {
        return new OrgId(String.format("org_%026d", i % ORGANIZATIONS));
    }

    private void insert(String collection, int from, int to, IntFunction<Document> document) {
        for (int begin = from; begin < to; begin += BATCH) {
            List<Document> batch = IntStream.range(begin, Math.min(to, begin + BATCH))
                    .mapToObj(document)
                    .toList();
            mongo.getCollection(collection).insertMany(batch, new InsertManyOptions().ordered(false));
        }
    }

    private static Document scheduled(int i, Instant due) {
        return new Document("_id", id(i).value())
                .append("org_id", org(i).value())
                .append("due_at", Date.from(due))
                .append("attempt", 1)
                .append("fence", 0L)
                .append("rescued", false)
                .append("payload", PAYLOAD);
    }

    private static Document execution(int i, Instant due) {
        Document step = new Document("status", "queued")
                .append("epoch", 1)
                .append("fence", 0L)
                .append("next_attempt_at", Date.from(due))
                .append("work", new Document("action", "DELAY"))
                .append("attempts", List.of());
        return new Document("_id", id(i).execution().value())
                .append("org_id", org(i).value())
                .append("workflow_id", "wf_06h0dnna46qf6vw7d7p9svjf90")
                .append("status", "in_progress")
                .append("updated_at", new Date())
                .append("steps", new Document(STEP.value(), step));
    }
}
