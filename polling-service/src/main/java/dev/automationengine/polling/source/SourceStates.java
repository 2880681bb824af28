package dev.automationengine.polling.source;

import com.mongodb.client.model.Updates;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.polling.lease.LeaseDocuments;
import dev.automationengine.polling.lease.LeasedStates;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.stereotype.Component;

/** The states of all sources, in MongoDB. A source is held by one replica at a time. */
@Component
public class SourceStates {
    /** The collection that this service owns. */
    public static final String COLLECTION = "source_states";

    private final LeasedStates states;

    SourceStates(MongoOperations mongo) {
        this.states = new LeasedStates(mongo, COLLECTION);
    }

    Map<String, SourceState> of(List<PollTrigger> triggers) {
        Map<String, SourceState> found = new HashMap<>();
        states.find(
                        triggers.stream().map(PollTrigger::org).toList(),
                        triggers.stream().map(PollTrigger::key).toList())
                .forEach(state -> found.put(state.getString("_id"), read(state)));
        return found;
    }

    void open(List<PollTrigger> triggers, Instant now, Duration retention) {
        states.open(triggers.stream()
                .map(trigger -> LeaseDocuments.first(trigger.org(), trigger.key(), now, retention)
                        .append("workflow_id", trigger.workflow().value()))
                .toList());
    }

    Optional<SourceState> claim(PollTrigger trigger, String owner, Instant now, Duration lease, Duration retention) {
        return states.claim(trigger.org(), trigger.key(), owner, now, lease, retention)
                .map(SourceStates::read);
    }

    boolean renew(SourceState claim, Instant until) {
        return states.renew(claim.claim(), until);
    }

    /** Ends a claim with a look that succeeded; false if it was lost: then nothing is changed. */
    boolean succeeded(SourceState claim, PollTrigger trigger, Looked looked, Duration pause, Instant now) {
        Cursor cursor = looked.cursor();
        return states.update(
                claim.claim(),
                Updates.combine(
                        LeaseDocuments.released(now.plus(pause)),
                        Updates.set("source", trigger.source()),
                        Updates.set("fingerprint", trigger.fingerprint()),
                        Updates.set("floor", date(cursor.floor())),
                        Updates.set("since", date(cursor.since())),
                        Updates.set("behind", cursor.behind()),
                        Updates.set("seen", new Binary(cursor.seen().toBytes())),
                        Updates.set("memo", memo(cursor.memo())),
                        Updates.set("interval_ms", pause.toMillis()),
                        Updates.set("last_run_at", Date.from(now)),
                        Updates.set("last_found", looked.fresh()),
                        Updates.unset("last_error"),
                        Updates.unset("advice"),
                        Updates.set("failures", 0)));
    }

    /** Ends a claim with a look that failed: it is looked again from where it was. */
    boolean failed(SourceState claim, PollTrigger trigger, Failure failure, Instant nextAt, Instant now) {
        Bson told = failure.advice() == null ? Updates.unset("advice") : Updates.set("advice", failure.advice());
        return states.update(
                claim.claim(),
                Updates.combine(
                        LeaseDocuments.released(nextAt),
                        Updates.set("source", trigger.source()),
                        Updates.set("last_run_at", Date.from(now)),
                        Updates.set("last_error", failure.code()),
                        told,
                        Updates.inc("failures", 1)));
    }

    List<SourceState> list(OrgId org, @Nullable String after, int limit) {
        return states.list(org, after == null ? null : org + ":" + after, limit).stream()
                .map(SourceStates::read)
                .toList();
    }

    private static SourceState read(Document state) {
        Long interval = state.getLong("interval_ms");
        return new SourceState(
                new OrgId(state.getString("org_id")),
                state.getString("_id"),
                state.getString("workflow_id"),
                state.getString("source"),
                state.getString("fingerprint"),
                cursor(state),
                state.getDate("next_at").toInstant(),
                state.getString("lease_owner"),
                instant(state, "lease_until"),
                interval == null ? null : Duration.ofMillis(interval),
                instant(state, "last_run_at"),
                state.getInteger("last_found", 0),
                state.getString("last_error"),
                state.getString("advice"),
                state.getInteger("failures", 0),
                state.getLong("rev"));
    }

    private static @Nullable Cursor cursor(Document state) {
        Binary seen = state.get("seen", Binary.class);
        if (seen == null) {
            return null;
        }
        Map<String, String> memo = new HashMap<>();
        state.getList("memo", Document.class, List.of())
                .forEach(entry -> memo.put(entry.getString("name"), entry.getString("value")));
        return new Cursor(
                instant(state, "floor"),
                instant(state, "since"),
                state.getBoolean("behind", false),
                Seen.read(seen.getData()),
                memo);
    }

    /** A list, because names may hold what names of members may not. */
    private static List<Document> memo(Map<String, String> memo) {
        List<Document> entries = new ArrayList<>();
        memo.forEach((name, value) -> entries.add(new Document("name", name).append("value", value)));
        return entries;
    }

    private static @Nullable Date date(@Nullable Instant instant) {
        return instant == null ? null : Date.from(instant);
    }

    private static @Nullable Instant instant(Document state, String member) {
        Date date = state.getDate(member);
        return date == null ? null : date.toInstant();
    }
}
