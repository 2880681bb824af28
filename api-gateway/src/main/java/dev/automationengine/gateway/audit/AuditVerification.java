package dev.automationengine.gateway.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.automationengine.kit.page.Cursor;
import dev.automationengine.model.id.OrgId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Goes along the chain of an audit log. */
@Component
class AuditVerification {
    private static final int MOST = 10_000;
    private static final int PAGE = 500;

    private final AuditLog audit;

    AuditVerification(AuditLog audit) {
        this.audit = audit;
    }

    /**
     * Verifies up to 10,000 records.
     *
     * @param org whose log
     * @param from the last number that was verified before; 0 for the beginning
     */
    Verdict verify(OrgId org, long from) {
        AuditRecord last = from == 0 ? null : audit.find(org, from);
        long number = from;
        String hash = last == null ? AuditRecord.NOTHING : last.hash();
        while (number - from < MOST) {
            List<AuditRecord> page = audit.list(org, number, PAGE);
            for (AuditRecord each : page) {
                if (!each.follows(number, hash)) {
                    return new Verdict(false, number, hash, number + 1, null);
                }
                number = each.number();
                hash = each.hash();
            }
            if (page.size() < PAGE) {
                return new Verdict(true, number, hash, null, null);
            }
        }
        return new Verdict(true, number, hash, null, Cursor.encode(Long.toString(number)));
    }

    /**
     * What the chain is worth. A log that was cut off at its end is still a chain: compare {@code number} and {@code hash}
     * with those of an earlier verification or export.
     *
     * @param intact whether every record follows from the one before
     * @param number the last record that does
     * @param hash its hash
     * @param brokenAt the first number whose record is missing or was changed; null if intact
     * @param nextCursor where to go on verifying; null if the end was reached
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Verdict(
            boolean intact,
            long number,
            String hash,
            @Nullable Long brokenAt,
            @Nullable String nextCursor) {}
}
