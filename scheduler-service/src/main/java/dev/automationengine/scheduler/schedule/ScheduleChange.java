package dev.automationengine.scheduler.schedule;

import com.mongodb.client.model.Updates;
import dev.automationengine.kit.schedule.Schedule;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.WorkflowId;
import dev.automationengine.model.workflow.Trigger;
import dev.automationengine.model.workflow.WorkflowChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * What a change of a workflow does to its schedule. Pure.
 *
 * @param org the organization
 * @param workflow the workflow
 * @param changedAt when it changed
 * @param update what changes in the document; null: the workflow is gone
 */
record ScheduleChange(
        OrgId org,
        WorkflowId workflow,
        Instant changedAt,
        @Nullable Bson update) {
    /**
     * What a change does; empty if nothing.
     *
     * @param stored what is stored of the workflow; null if nothing is
     */
    static Optional<ScheduleChange> of(WorkflowChange change, @Nullable Document stored) {
        boolean scheduled = change.trigger().type().equals(Trigger.SCHEDULE);
        if (stored == null && !scheduled) {
            return Optional.empty();
        }
        if (stored != null && !stored.getDate(ScheduleDocuments.CHANGED_AT).before(Date.from(change.changedAt()))) {
            return Optional.empty();
        }
        Document config = new Document(change.trigger().config());
        List<Bson> updates = new ArrayList<>(List.of(
                Updates.set(ScheduleDocuments.CHANGED_AT, Date.from(change.changedAt())),
                Updates.set(ScheduleDocuments.CONFIG, config)));
        Optional<Instant> first = scheduled && change.active()
                // A finding was told to the author; what is stored after all is of a version that knew more.
                ? Schedule.read(change.trigger().config(), (pointer, reason) -> {})
                        .flatMap(schedule -> schedule.cron().next(change.changedAt()))
                : Optional.empty();
        if (first.isEmpty()) {
            // It stays as a mark: an older change that is read once more does not bring the schedule back.
            updates.add(Updates.unset(ScheduleDocuments.NEXT_AT));
        } else if (!goesOn(stored, config)) {
            updates.add(Updates.set(ScheduleDocuments.NEXT_AT, Date.from(first.get())));
        }
        return Optional.of(
                new ScheduleChange(change.orgId(), change.workflowId(), change.changedAt(), Updates.combine(updates)));
    }

    /** A workflow that is gone. */
    static ScheduleChange gone(OrgId org, WorkflowId workflow) {
        return new ScheduleChange(org, workflow, Instant.EPOCH, null);
    }

    boolean deleted() {
        return update == null;
    }

    /** Whether the times are the same as before: then a time that is due already is not forgotten. */
    private static boolean goesOn(@Nullable Document stored, Document config) {
        return stored != null
                && stored.getDate(ScheduleDocuments.NEXT_AT) != null
                && config.equals(stored.get(ScheduleDocuments.CONFIG, Document.class));
    }
}
