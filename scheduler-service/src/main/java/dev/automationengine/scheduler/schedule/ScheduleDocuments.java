package dev.automationengine.scheduler.schedule;

import dev.automationengine.kit.schedule.Schedule;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.WorkflowId;
import java.util.Date;
import java.util.Optional;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How schedules look in MongoDB (docs/architecture.md). One without {@code next_at} is not active. */
final class ScheduleDocuments {
    static final String ID = "_id";
    static final String ORG = "org_id";
    static final String CONFIG = "config";
    static final String CHANGED_AT = "changed_at";
    static final String NEXT_AT = "next_at";
    static final String LAST_AT = "last_at";

    private static final Logger log = LoggerFactory.getLogger(ScheduleDocuments.class);

    private ScheduleDocuments() {}

    /** The schedule; empty if it is not active, or was written by a version that knew more. */
    static Optional<WorkflowSchedule> read(Document document) {
        Date next = document.getDate(NEXT_AT);
        if (next == null) {
            return Optional.empty();
        }
        Optional<Schedule> schedule = Schedule.read(
                document.get(CONFIG, new Document()),
                (pointer, reason) -> log.error(
                        "The schedule of {} cannot be followed by this version: {} {}",
                        document.getString(ID),
                        pointer,
                        reason));
        Date last = document.getDate(LAST_AT);
        return schedule.map(read -> new WorkflowSchedule(
                new OrgId(document.getString(ORG)),
                new WorkflowId(document.getString(ID)),
                read,
                document.getDate(CHANGED_AT).toInstant(),
                next.toInstant(),
                last == null ? null : last.toInstant()));
    }
}
