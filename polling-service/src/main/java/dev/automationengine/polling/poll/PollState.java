package dev.automationengine.polling.poll;

import dev.automationengine.model.id.OrgId;
import dev.automationengine.polling.lease.LeaseDocuments;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where the sweeping of a form stands.
 *
 * @param orgId the organization
 * @param formId Meta's id of the form
 * @param nextAt earliest start of the next sweep
 * @param leaseOwner who sweeps now; null: nobody
 * @param leaseUntil end of the lease; null: nobody has one
 * @param sweptUntil all leads that Graph showed up to here are in Kafka; null before the first sweep
 * @param span longest window of the next sweep, while there is more to catch up with than one sweep takes; null: up
 *     to now
 * @param lastRunAt end of the last sweep; null before the first
 * @param lastFound leads that it saw
 * @param lastError code of its failure; null if it did not fail
 * @param failures failures since the last success
 * @param webhook whether Meta tells of the page's leads; null while nobody has asked
 * @param rev one more with each claim and each end of a sweep
 */
public record PollState(
        OrgId orgId,
        String formId,
        Instant nextAt,
        @Nullable String leaseOwner,
        @Nullable Instant leaseUntil,
        @Nullable Instant sweptUntil,
        @Nullable Duration span,
        @Nullable Instant lastRunAt,
        int lastFound,
        @Nullable String lastError,
        int failures,
        @Nullable PageWebhook webhook,
        long rev) {
    /** When it may be claimed: it is due and nobody holds it. */
    public Instant claimableAt() {
        return LeaseDocuments.claimableAt(nextAt, leaseUntil);
    }

    /**
     * What a sweep leaves behind.
     *
     * @param nextAt earliest start of the next one
     * @param sweptUntil see {@link PollState}
     * @param span see {@link PollState}
     * @param found leads seen
     * @param error code of the failure; null if there was none
     * @param failures failures since the last success
     */
    public record Result(
            Instant nextAt,
            @Nullable Instant sweptUntil,
            @Nullable Duration span,
            int found,
            @Nullable String error,
            int failures) {}
}
