package dev.automationengine.scheduler.parked;

import dev.automationengine.jobqueue.NewJob;
import dev.automationengine.model.execution.ScheduledJob;
import dev.automationengine.model.id.JobId;
import dev.automationengine.model.id.OrgId;
import java.util.Date;
import org.bson.Document;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** How parked jobs look in MongoDB (docs/architecture.md). What is usual is left out: there may be millions. */
@Component
class ParkedDocuments {
    static final String ID = "_id";
    static final String ORG = "org_id";
    static final String DUE_AT = "due_at";
    static final String ATTEMPT = "attempt";

    private static final String PRIORITY = "priority";
    private static final String FENCE = "fence";
    private static final String RESCUED = "rescued";
    private static final String LIMIT_KEY = "limit_key";
    private static final String PAYLOAD = "payload";

    private final JsonMapper json;

    ParkedDocuments(JsonMapper json) {
        this.json = json;
    }

    /** All but id and organization: what replaces an earlier attempt's. */
    Document content(ScheduledJob job) {
        Document content = new Document(DUE_AT, Date.from(job.dueAt()))
                .append(ATTEMPT, job.attempt())
                .append(FENCE, job.fence())
                .append(RESCUED, job.rescued())
                .append(PAYLOAD, json.writeValueAsString(job.reference()));
        if (job.priority() != NewJob.NORMAL) {
            content.append(PRIORITY, job.priority());
        }
        if (job.limitKey() != null) {
            content.append(LIMIT_KEY, job.limitKey());
        }
        return content;
    }

    /** The job as the queue takes it. */
    NewJob job(Document document) {
        return new NewJob(
                JobId.parse(document.getString(ID)),
                new OrgId(document.getString(ORG)),
                document.getInteger(PRIORITY, NewJob.NORMAL),
                document.getDate(DUE_AT).toInstant(),
                document.getInteger(ATTEMPT),
                document.get(FENCE, Number.class).longValue(),
                document.getBoolean(RESCUED, false),
                document.getString(LIMIT_KEY),
                document.getString(PAYLOAD));
    }
}
