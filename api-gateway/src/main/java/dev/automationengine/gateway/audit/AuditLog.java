package dev.automationengine.gateway.audit;

import static org.springframework.data.mongodb.core.query.Criteria.where;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.automationengine.model.id.OrgId;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Repository;

/**
 * The audit logs of all organizations. Replicas of the gateway append to the same chain: of two that would be the same
 * number one is inserted, and the other comes behind it.
 */
@Repository
class AuditLog {
    /** More replicas than that do not meet one another so often. */
    private static final int MOST_ATTEMPTS = 1_000;

    private static final long MOST_REMEMBERED = 10_000;

    private final MongoTemplate mongo;
    private final LoadingCache<OrgId, End> ends =
            Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).build(org -> new End());

    AuditLog(MongoTemplate mongo) {
        this.mongo = mongo;
    }

    /**
     * Appends an entry; it is durable when this returns.
     *
     * @return its number
     * @throws org.springframework.dao.DataAccessException if it cannot be written
     */
    long append(OrgId org, AuditEntry entry) {
        End end = ends.get(org);
        end.lock.lock();
        try {
            AuditRecord last = end.last == null ? newest(org) : end.last;
            for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
                AuditRecord next = AuditRecord.behind(
                        org, last == null ? 0 : last.number(), last == null ? AuditRecord.NOTHING : last.hash(), entry);
                AuditRecord taken = insert(next);
                end.last = taken == null ? next : taken;
                if (taken == null) {
                    return next.number();
                }
                last = taken;
            }
            throw new IllegalStateException("the audit log of " + org + " grows faster than it can be appended to");
        } catch (RuntimeException e) {
            // What was written, if anything, is read again.
            end.last = null;
            throw e;
        } finally {
            end.lock.unlock();
        }
    }

    /** The organization's records in their order, those after a number. */
    List<AuditRecord> list(OrgId org, long after, int limit) {
        Query query = Query.query(where("org_id").is(org.value()).and("_id").gt(AuditRecord.id(org, after)));
        return mongo.find(query.with(Sort.by("_id")).limit(limit), AuditRecord.class);
    }

    /** The record of this number; null if there is none. */
    @Nullable
    AuditRecord find(OrgId org, long number) {
        return mongo.findOne(
                Query.query(where("_id")
                        .is(AuditRecord.id(org, number))
                        .and("org_id")
                        .is(org.value())),
                AuditRecord.class);
    }

    private @Nullable AuditRecord newest(OrgId org) {
        return mongo.findOne(
                Query.query(where("org_id").is(org.value()))
                        .with(Sort.by(Sort.Direction.DESC, "_id"))
                        .limit(1),
                AuditRecord.class);
    }

    /** Inserts a record; returns the one that has its place already. */
    private @Nullable AuditRecord insert(AuditRecord wanted) {
        try {
            mongo.insert(wanted);
            return null;
        } catch (DuplicateKeyException e) {
            AuditRecord taken = find(wanted.orgId(), wanted.number());
            if (taken == null) {
                throw e;
            }
            return taken;
        }
    }

    /** Where a chain ends, as far as this replica knows. */
    private static final class End {
        private final ReentrantLock lock = new ReentrantLock();
        private @Nullable AuditRecord last;
    }
}
