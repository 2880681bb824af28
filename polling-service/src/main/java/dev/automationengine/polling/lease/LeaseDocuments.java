package dev.automationengine.polling.lease;

import com.mongodb.client.model.Updates;
import dev.automationengine.model.id.OrgId;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** What all documents of {@link LeasedStates} have in common. */
public final class LeaseDocuments {
    private LeaseDocuments() {}

    /** A state that nobody has worked on, due at once. */
    public static Document first(OrgId org, String id, Instant now, Duration retention) {
        return new Document("_id", id)
                .append("org_id", org.value())
                .append("next_at", Date.from(now))
                .append("rev", 0L)
                .append("expire_at", Date.from(now.plus(retention)));
    }

    /** What every end of a claim writes. */
    public static Bson released(Instant nextAt) {
        return Updates.combine(
                Updates.set("next_at", Date.from(nextAt)),
                Updates.unset("lease_owner"),
                Updates.unset("lease_until"),
                Updates.inc("rev", 1L));
    }

    /** When a state may be claimed: it is due and nobody holds it. */
    public static Instant claimableAt(Instant nextAt, @Nullable Instant leaseUntil) {
        return leaseUntil == null || leaseUntil.isBefore(nextAt) ? nextAt : leaseUntil;
    }
}
