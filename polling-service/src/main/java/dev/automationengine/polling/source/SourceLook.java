package dev.automationengine.polling.source;

import dev.automationengine.connectors.action.ActionCatalog;
import dev.automationengine.connectors.action.PollAnswer;
import dev.automationengine.connectors.action.PollCall;
import dev.automationengine.connectors.action.PollDescriptor;
import dev.automationengine.connectors.action.PollRunner;
import dev.automationengine.connectors.action.PolledItem;
import dev.automationengine.connectors.vault.Credential;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * One look at one source, page after page. What is new is in Kafka before the look succeeds; a look that fails is made again
 * from where the one before ended, and what it published already is the same events then.
 */
@Component
class SourceLook {
    private final ActionCatalog catalog;
    private final PollRunner runner;
    private final SourceCredentials credentials;
    private final FoundRecords found;
    private final SourceStates states;
    private final SourceProperties properties;
    private final InstantSource clock;

    SourceLook(
            ActionCatalog catalog,
            PollRunner runner,
            SourceCredentials credentials,
            FoundRecords found,
            SourceStates states,
            SourceProperties properties,
            InstantSource clock) {
        this.catalog = catalog;
        this.runner = runner;
        this.credentials = credentials;
        this.found = found;
        this.states = states;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * Looks at a source that this replica has claimed.
     *
     * @throws LookFailedException if it cannot
     */
    Looked run(PollTrigger trigger, SourceState claim) {
        PollDescriptor source = catalog.polls().stream()
                .filter(each -> each.source().equals(trigger.source()))
                .findFirst()
                .orElseThrow(() -> new LookFailedException(Failure.configuration(
                        "source_unknown", "No connector has this source: name one that GET /v1/connectors shows.")));
        Cursor before = trigger.fingerprint().equals(claim.fingerprint()) ? claim.cursor() : null;
        if (before == null && source.byTime() && !trigger.backfill()) {
            // What is there already is no news, so it need not even be read.
            Instant now = clock.instant();
            return new Looked(new Cursor(now, now, false, Seen.NOTHING, Map.of()), 0, false, null);
        }
        Optional<Credential> credential = credentials.find(trigger, source);
        return source.byTime()
                ? byTime(trigger, claim, before, credential.orElse(null))
                : whole(trigger, claim, before, credential.orElse(null));
    }

    /** The whole of what is there, compared with what was there. */
    private Looked whole(
            PollTrigger trigger, SourceState claim, @Nullable Cursor before, @Nullable Credential credential) {
        List<PolledItem> all = new ArrayList<>();
        Map<String, String> memo = before == null ? Map.of() : before.memo();
        Pages pages = new Pages(trigger, claim, credential, null, memo);
        while (pages.next()) {
            all.addAll(pages.items);
            if (all.size() > properties.maxItems()) {
                throw new LookFailedException(Failure.configuration(
                        "too_many_items",
                        "The source has more than " + properties.maxItems() + " items: let it answer with fewer."));
            }
        }
        if (pages.unchanged && before != null) {
            return new Looked(before, 0, false, pages.rest);
        }
        if (pages.more) {
            throw new LookFailedException(Failure.configuration(
                    "too_many_pages",
                    "The source has more than " + properties.maxPages() + " pages: let it answer with fewer."));
        }
        List<PolledItem> fresh = before == null && !trigger.backfill()
                ? List.of()
                : unseen(all, before == null ? Seen.NOTHING : before.seen());
        found.publish(trigger, fresh);
        Seen seen = Seen.of(all.stream().map(PolledItem::identity).toList());
        return new Looked(new Cursor(null, null, false, seen, pages.memo), fresh.size(), false, pages.rest);
    }

    /** What changed since the last look, in the order of time. */
    private Looked byTime(
            PollTrigger trigger, SourceState claim, @Nullable Cursor before, @Nullable Credential credential) {
        Cursor start = before == null ? new Cursor(null, Instant.EPOCH, true, Seen.NOTHING, Map.of()) : before;
        Instant since = start.since() == null ? Instant.EPOCH : start.since();
        // While catching up it goes on where the last look ended: going back each time, it might never get ahead.
        Instant from = start.behind() ? since : since.minus(properties.overlap());
        Map<String, Instant> changes = new HashMap<>();
        Pages pages = new Pages(trigger, claim, credential, from, start.memo());
        Instant latest = since;
        int count = 0;
        while (pages.next()) {
            List<PolledItem> fresh = new ArrayList<>();
            for (PolledItem item : unseen(pages.items, Seen.NOTHING)) {
                Instant changed = time(item.changed());
                latest = changed.isAfter(latest) ? changed : latest;
                boolean known = changes.put(item.identity(), changed) != null
                        || start.seen().has(item.identity());
                Instant born = item.created() == null ? changed : time(item.created());
                if (!known && (start.floor() == null || !born.isBefore(start.floor()))) {
                    fresh.add(item);
                }
            }
            found.publish(trigger, fresh);
            count += fresh.size();
        }
        // What lies within the overlap may be more than a look takes: then the next one goes on behind it.
        if (pages.more && !latest.isAfter(since) && start.behind()) {
            throw new LookFailedException(Failure.configuration(
                    "too_many_at_once",
                    "More items changed in the same moment than one look takes: engine.polling.sources.max-pages."));
        }
        Instant again = latest.minus(properties.overlap());
        Seen seen = start.seen().and(changes, again, properties.maxItems());
        // Whatever came to be before has been seen now, unless there are more pages of this look.
        Instant floor = pages.more || (start.floor() != null && start.floor().isAfter(again)) ? start.floor() : again;
        return new Looked(new Cursor(floor, latest, pages.more, seen, pages.memo), count, pages.more, pages.rest);
    }

    private static Instant time(@Nullable String text) {
        return ChangeTimes.read(text)
                .orElseThrow(() -> new LookFailedException(Failure.configuration(
                        "no_time", "An item does not say when it changed: look at the source's fields.")));
    }

    private static List<PolledItem> unseen(List<PolledItem> items, Seen seen) {
        Map<String, PolledItem> fresh = new LinkedHashMap<>();
        items.stream()
                .filter(item -> !seen.has(item.identity()))
                .forEach(item -> fresh.putIfAbsent(item.identity(), item));
        return List.copyOf(fresh.values());
    }

    /** The pages of a look. */
    private final class Pages {
        private final PollTrigger trigger;
        private final SourceState claim;
        private final @Nullable Credential credential;
        private final @Nullable Instant since;
        private Map<String, String> memo;
        private @Nullable String page;
        private int read;
        private boolean more = true;
        private boolean unchanged;
        private @Nullable Duration rest;
        private List<PolledItem> items = List.of();

        private Pages(
                PollTrigger trigger,
                SourceState claim,
                @Nullable Credential credential,
                @Nullable Instant since,
                Map<String, String> memo) {
            this.trigger = trigger;
            this.claim = claim;
            this.credential = credential;
            this.since = since;
            this.memo = memo;
        }

        /** Reads the next page; false if there is none, or no more may be read in this look. */
        private boolean next() {
            if (!more || read == properties.maxPages()) {
                return false;
            }
            if (read > 0 && !states.renew(claim, clock.instant().plus(properties.lease()))) {
                throw new LookFailedException(Failure.ofOurs("lost"));
            }
            read++;
            PollCall call = new PollCall(
                    trigger.org(),
                    trigger.workflow().value(),
                    trigger.source(),
                    trigger.config(),
                    since,
                    page,
                    memo,
                    credential,
                    properties.timeout());
            switch (runner.look(call)) {
                case PollAnswer.Failed failed -> throw new LookFailedException(Failure.of(failed));
                case PollAnswer.Unchanged(Duration pause) -> {
                    unchanged = true;
                    more = false;
                    rest = pause;
                    items = List.of();
                }
                case PollAnswer.Found answer -> {
                    items = answer.items();
                    memo = answer.memo();
                    page = answer.next();
                    more = page != null;
                    rest = answer.rest();
                }
            }
            return true;
        }
    }
}
