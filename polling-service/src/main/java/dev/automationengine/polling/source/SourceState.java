package dev.automationengine.polling.source;

import dev.automationengine.model.id.OrgId;
import dev.automationengine.polling.lease.Claim;
import dev.automationengine.polling.lease.LeaseDocuments;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where looking at a source stands.
 *
 * @param orgId the organization
 * @param key the state's id
 * @param workflowId the workflow
 * @param source the source's name at the last look; null before the first
 * @param fingerprint of the trigger at the last look that succeeded; null before the first
 * @param cursor how far that came; null before the first
 * @param nextAt earliest start of the next look
 * @param leaseOwner who looks now; null: nobody
 * @param leaseUntil end of the lease; null: nobody has one
 * @param interval the pause after the last look; null before the first
 * @param lastRunAt end of the last look; null before the first
 * @param lastFound records that were new then
 * @param lastError code of its failure; null if it did not fail
 * @param advice what people may do about it; null likewise
 * @param failures failures since the last success
 * @param rev one more with each claim and each end of a look
 */
record SourceState(
        OrgId orgId,
        String key,
        String workflowId,
        @Nullable String source,
        @Nullable String fingerprint,
        @Nullable Cursor cursor,
        Instant nextAt,
        @Nullable String leaseOwner,
        @Nullable Instant leaseUntil,
        @Nullable Duration interval,
        @Nullable Instant lastRunAt,
        int lastFound,
        @Nullable String lastError,
        @Nullable String advice,
        int failures,
        long rev) {
    Instant claimableAt() {
        return LeaseDocuments.claimableAt(nextAt, leaseUntil);
    }

    Claim claim() {
        return new Claim(orgId, key, Objects.requireNonNull(leaseOwner, "a claimed state has an owner"), rev);
    }
}
