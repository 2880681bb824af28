package dev.automationengine.dispatcher.workflow;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.automationengine.dispatcher.DispatcherProperties;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.WorkflowId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Compiled workflows in memory: the active ones of an organization, for events; any version, for executions under
 * way. Filled from MongoDB on demand, by one query per batch. Versions never change; what is active does, and
 * {@link WorkflowChangeListener} says so.
 */
@Component
public class WorkflowCache {
    /** How old a list may be that an event without a listener is judged by: it bounds the queries for such events. */
    private static final Duration MOMENT = Duration.ofSeconds(1);

    private static final int DRAFT = 0;
    private static final Logger log = LoggerFactory.getLogger(WorkflowCache.class);

    private final WorkflowStore store;
    private final WorkflowParser parser;
    private final Cache<OrgId, Listed> active;
    private final Cache<VersionKey, WorkflowVersion> versions;
    private final InstantSource clock;
    private final Object lock = new Object();
    private long invalidations;

    WorkflowCache(WorkflowStore store, WorkflowParser parser, DispatcherProperties properties, InstantSource clock) {
        this.store = store;
        this.parser = parser;
        this.clock = clock;
        this.active = Caffeine.newBuilder()
                .maximumSize(properties.cachedOrganizations())
                .expireAfterWrite(properties.cacheTtl())
                .build();
        this.versions =
                Caffeine.newBuilder().maximumSize(properties.cachedVersions()).build();
    }

    /** The active workflows of organizations; every organization asked for has an entry. */
    public Map<OrgId, List<WorkflowVersion>> active(Set<OrgId> orgs) {
        return active(orgs, Instant.MIN);
    }

    /**
     * The same, read anew where the list in memory is older than a moment: for events that nobody listens to, because a
     * workflow may have been activated of which this replica has not heard yet.
     */
    public Map<OrgId, List<WorkflowVersion>> activeNow(Set<OrgId> orgs) {
        return active(orgs, clock.instant().minus(MOMENT));
    }

    private Map<OrgId, List<WorkflowVersion>> active(Set<OrgId> orgs, Instant notBefore) {
        Map<OrgId, Listed> listed = listed(orgs, notBefore);
        Map<VersionKey, WorkflowVersion> compiled = versions(
                listed.values().stream().flatMap(each -> each.keys().stream()).collect(Collectors.toSet()));
        Map<OrgId, List<WorkflowVersion>> found = new HashMap<>();
        listed.forEach((org, each) -> found.put(
                org,
                each.keys().stream()
                        .filter(compiled::containsKey)
                        .map(compiled::get)
                        .toList()));
        return found;
    }

    /** The events that executions of organizations may wait for, each kind once; as the last list of them says. */
    public Map<OrgId, List<AwaitedEvent>> awaited(Set<OrgId> orgs) {
        Map<OrgId, List<AwaitedEvent>> awaited = new HashMap<>();
        listed(orgs, Instant.MIN).forEach((org, each) -> awaited.put(org, each.awaited()));
        return awaited;
    }

    private Map<OrgId, Listed> listed(Set<OrgId> orgs, Instant notBefore) {
        Map<OrgId, Listed> found = new HashMap<>(active.getAllPresent(orgs));
        found.values().removeIf(each -> each.at().isBefore(notBefore));
        Set<OrgId> missing = new LinkedHashSet<>(orgs);
        missing.removeAll(found.keySet());
        if (!missing.isEmpty()) {
            found.putAll(load(missing));
        }
        return found;
    }

    private Listed listed(List<Workflow> workflows, Instant readAt) {
        List<Workflow> running = workflows.stream().filter(Workflow::isActive).toList();
        running.forEach(this::compiled);
        return new Listed(
                running.stream().map(VersionKey::of).toList(),
                workflows.stream()
                        .flatMap(each -> each.awaited().at(readAt).all().stream())
                        .map(AwaitedEvents.Heard::event)
                        .distinct()
                        .toList(),
                readAt);
    }

    /** Versions by their keys; one that does not exist is left out. */
    public Map<VersionKey, WorkflowVersion> versions(Set<VersionKey> keys) {
        Map<VersionKey, WorkflowVersion> found = new HashMap<>(versions.getAllPresent(keys));
        Set<VersionKey> missing = new LinkedHashSet<>(keys);
        missing.removeAll(found.keySet());
        if (!missing.isEmpty()) {
            store.versions(missing).forEach(workflow -> {
                WorkflowVersion version = compiled(workflow);
                if (version != null) {
                    found.put(VersionKey.of(workflow), version);
                }
            });
        }
        return found;
    }

    /**
     * The newest versions of the workflows that some versions belong to, by those; a workflow that is gone, or cannot be
     * run here, is left out.
     */
    public Map<VersionKey, WorkflowVersion> newest(Set<VersionKey> of) {
        Map<WorkflowId, WorkflowVersion> current = new HashMap<>();
        store.current(of).forEach(workflow -> {
            WorkflowVersion version = compiled(workflow);
            if (version != null) {
                current.put(workflow.id(), version);
            }
        });
        Map<VersionKey, WorkflowVersion> found = new HashMap<>();
        of.forEach(key -> {
            WorkflowVersion version = current.get(key.id());
            if (version != null && version.orgId().equals(key.orgId())) {
                found.put(key, version);
            }
        });
        return found;
    }

    /** What an author is working on, ready to run; null if there is no draft. Read anew each time. */
    public @Nullable WorkflowVersion draft(OrgId org, WorkflowId id) {
        Draft draft = store.find(org, id).map(Workflow::draft).orElse(null);
        return draft == null
                ? null
                : new WorkflowVersion(
                        org, id, DRAFT, parser.parse(draft.content().document()));
    }

    /** Forgets what is active in an organization. */
    void invalidate(OrgId org) {
        synchronized (lock) {
            invalidations++;
            active.invalidate(org);
        }
    }

    private Map<OrgId, Listed> load(Set<OrgId> orgs) {
        long before;
        synchronized (lock) {
            before = invalidations;
        }
        Instant readAt = clock.instant();
        Map<OrgId, List<Workflow>> workflows =
                store.listening(orgs).stream().collect(Collectors.groupingBy(Workflow::orgId));
        Map<OrgId, Listed> loaded = new HashMap<>();
        orgs.forEach(org -> loaded.put(org, listed(workflows.getOrDefault(org, List.of()), readAt)));
        synchronized (lock) {
            // What was read before a change must not be kept after it.
            if (before == invalidations) {
                active.putAll(loaded);
            }
        }
        return loaded;
    }

    private @Nullable WorkflowVersion compiled(Workflow workflow) {
        VersionKey key = VersionKey.of(workflow);
        WorkflowVersion known = versions.getIfPresent(key);
        if (known != null) {
            return known;
        }
        try {
            WorkflowVersion version = new WorkflowVersion(
                    workflow.orgId(),
                    workflow.id(),
                    workflow.version(),
                    parser.parse(workflow.content().document()));
            versions.put(key, version);
            return version;
        } catch (InvalidDefinitionException e) {
            // It was accepted by a dispatcher that knew more actions: an older one meets it during a rollback.
            log.error("Workflow {} cannot be run by this dispatcher: {}", key.documentId(), e.getMessage());
            return null;
        }
    }

    /** What was listened to when it was read. */
    private record Listed(List<VersionKey> keys, List<AwaitedEvent> awaited, Instant at) {}
}
