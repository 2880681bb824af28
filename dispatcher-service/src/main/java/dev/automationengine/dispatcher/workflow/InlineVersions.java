package dev.automationengine.dispatcher.workflow;

import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.WorkflowId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Versions that belong to no workflow: no list shows them and no event starts them, but an execution can follow one to
 * its end as it follows any version. The same content is kept once.
 */
@Component
public class InlineVersions {
    private static final int ID_BYTES = 16;
    private static final String BY = "dispatcher";

    private final WorkflowStore store;
    private final WorkflowCache cache;
    private final JsonMapper json;
    private final InstantSource clock;

    InlineVersions(WorkflowStore store, WorkflowCache cache, JsonMapper json, InstantSource clock) {
        this.store = store;
        this.cache = cache;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Keeps a version and gives it back as it can be run.
     *
     * @param document a definition that the service itself made
     * @throws IllegalStateException if it cannot run
     */
    public WorkflowVersion keep(OrgId org, Map<String, @Nullable Object> document) {
        WorkflowId id = id(org, document);
        VersionKey key = new VersionKey(org, id, 1);
        WorkflowVersion known = cache.versions(Set.of(key)).get(key);
        if (known != null) {
            return known;
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        store.insertVersion(Workflow.drafted(id, org, Content.of(document), BY, now, null)
                .published(Content.of(document), false, new Publication(now, BY, null)));
        WorkflowVersion kept = cache.versions(Set.of(key)).get(key);
        if (kept == null) {
            throw new IllegalStateException("a version that was made here cannot run: " + id);
        }
        return kept;
    }

    private WorkflowId id(OrgId org, Map<String, @Nullable Object> document) {
        try {
            String content = org + "\n" + json.writeValueAsString(document);
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return new WorkflowId("wf_" + HexFormat.of().formatHex(hash, 0, ID_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
