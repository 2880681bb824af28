package dev.automationengine.gateway.login;

import static org.springframework.data.mongodb.core.query.Criteria.where;

import dev.automationengine.gateway.user.EmailAddress;
import dev.automationengine.kit.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Objects;
import org.bson.Document;
import org.springframework.data.mongodb.core.FindAndModifyOptions;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Repository;

/**
 * Counts failed attempts to sign in, per user's address and per network address, in windows of fixed length. The
 * counts lie in MongoDB, so they hold for all replicas and over restarts; each is a document of its own that expires
 * with its window. An attempt is counted before the password is checked, or many at a time would pass uncounted.
 */
@Repository
class LoginThrottle {
    static final String COLLECTION = "login_attempts";

    private final MongoTemplate mongo;
    private final LoginProperties properties;
    private final InstantSource clock;

    LoginThrottle(MongoTemplate mongo, LoginProperties properties, InstantSource clock) {
        this.mongo = mongo;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * Counts an attempt.
     *
     * @param account the address of the user, existing or not
     * @param network where the attempt comes from
     * @return what takes the attempt back when it was a good one
     * @throws ProblemException 429 if there were too many
     */
    Attempt count(EmailAddress account, String network) {
        Instant now = clock.instant();
        long seconds = properties.window().toSeconds();
        long window = now.getEpochSecond() / seconds;
        Instant end = Instant.ofEpochSecond((window + 1) * seconds);
        Attempt attempt = new Attempt("network:" + network + ":" + window, "account:" + account.hash() + ":" + window);
        if (increment(attempt.network(), end) > properties.attemptsPerAddress()
                || increment(attempt.account(), end) > properties.attemptsPerAccount()) {
            throw ProblemException.rateLimited(
                    "Too many failed attempts to sign in. Try again later.",
                    Duration.between(now, end).plusSeconds(1));
        }
        return attempt;
    }

    /** Takes back an attempt that did not fail. */
    void forgive(Attempt attempt) {
        for (String id : new String[] {attempt.network(), attempt.account()}) {
            mongo.updateFirst(byId(id), new Update().inc("count", -1), COLLECTION);
        }
    }

    private int increment(String id, Instant end) {
        Update update = new Update().inc("count", 1).setOnInsert("expire_at", Date.from(end));
        Document counted = mongo.findAndModify(
                byId(id),
                update,
                FindAndModifyOptions.options().upsert(true).returnNew(true),
                Document.class,
                COLLECTION);
        return Objects.requireNonNull(counted, "an upsert answers").getInteger("count");
    }

    private static Query byId(String id) {
        return Query.query(where("_id").is(id));
    }

    /**
     * An attempt that was counted.
     *
     * @param network the id of the count per network address
     * @param account the id of the count per user's address
     */
    record Attempt(String network, String account) {}
}
