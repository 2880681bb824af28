package dev.automationengine.polling.poll;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.polling.subscription.FormSubscription;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.stereotype.Component;

/**
 * The states of all forms, in MongoDB. A form is held by one replica at a time: whoever wants to sweep it claims it by
 * compare-and-set, and whoever has lost it cannot write its result any more.
 *
 * <p>A state that nobody has claimed for the retention vanishes: a workflow that is switched on again after that
 * starts anew.
 */
@Component
public class PollStates {
    /** The collection that this service owns. */
    public static final String COLLECTION = "poll_states";

    private static final int DUPLICATE_KEY = 11_000;

    private final MongoOperations mongo;

    PollStates(MongoOperations mongo) {
        this.mongo = mongo;
    }

    /** The states of forms by their keys, in one read; forms that never were seen before have none. */
    public Map<String, PollState> of(Collection<FormSubscription> forms) {
        Set<String> orgs = forms.stream().map(f -> f.org().value()).collect(Collectors.toSet());
        Set<String> ids = forms.stream().map(FormSubscription::key).collect(Collectors.toSet());
        Map<String, PollState> states = new HashMap<>();
        collection()
                .find(Filters.and(Filters.in("org_id", orgs), Filters.in("_id", ids)))
                .forEach(found -> states.put(found.getString("_id"), PollStateDocument.read(found)));
        return states;
    }

    /** Makes forms known, due at once; those that are known already stay as they are. */
    public void open(Collection<FormSubscription> forms, Instant now, Duration retention) {
        if (forms.isEmpty()) {
            return;
        }
        List<Document> states = forms.stream()
                .map(form -> PollStateDocument.first(form, now, retention))
                .toList();
        try {
            collection().insertMany(states, new InsertManyOptions().ordered(false));
        } catch (MongoBulkWriteException e) {
            if (e.getWriteErrors().stream().anyMatch(error -> error.getCode() != DUPLICATE_KEY)) {
                throw e;
            }
        }
    }

    /**
     * Takes a form that is due and that nobody holds.
     *
     * @param owner a name that no other replica has
     * @return the state as it is now; empty if it is not due or another one was faster
     */
    public Optional<PollState> claim(
            FormSubscription form, String owner, Instant now, Duration lease, Duration retention) {
        Bson free = Filters.or(Filters.eq("lease_until", null), Filters.lte("lease_until", Date.from(now)));
        return Optional.ofNullable(collection()
                        .findOneAndUpdate(
                                Filters.and(
                                        id(form.org(), form.formId()), Filters.lte("next_at", Date.from(now)), free),
                                Updates.combine(
                                        Updates.set("lease_owner", owner),
                                        Updates.set("lease_until", Date.from(now.plus(lease))),
                                        Updates.set("expire_at", Date.from(now.plus(retention))),
                                        Updates.inc("rev", 1L)),
                                new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER)))
                .map(PollStateDocument::read);
    }

    /** Extends a claim; false if it was lost, because it had ended and another replica took the form. */
    public boolean renew(PollState claim, Instant until) {
        return collection()
                        .updateOne(held(claim), Updates.set("lease_until", Date.from(until)))
                        .getMatchedCount()
                == 1;
    }

    /** Notes whether Meta tells of a page's leads; nothing if the claim was lost. */
    public void note(PollState claim, PageWebhook webhook) {
        collection().updateOne(held(claim), PollStateDocument.update(webhook));
    }

    /** Ends a claim; false if it was lost: then nothing is changed. */
    public boolean finish(PollState claim, PollState.Result result, Instant now) {
        return collection()
                        .updateOne(held(claim), PollStateDocument.update(result, now))
                        .getMatchedCount()
                == 1;
    }

    /**
     * The states of an organization by form id.
     *
     * @param after the last form of the page before; null for the first page
     * @param limit most states
     */
    List<PollState> list(OrgId org, @Nullable String after, int limit) {
        Bson ofOrg = Filters.eq("org_id", org.value());
        return collection()
                .find(after == null ? ofOrg : Filters.and(ofOrg, Filters.gt("_id", PollStateDocument.id(org, after))))
                .sort(Sorts.ascending("_id"))
                .limit(limit)
                .map(PollStateDocument::read)
                .into(new ArrayList<>());
    }

    private MongoCollection<Document> collection() {
        return mongo.getCollection(COLLECTION);
    }

    private static Bson id(OrgId org, String formId) {
        return Filters.and(Filters.eq("_id", PollStateDocument.id(org, formId)), Filters.eq("org_id", org.value()));
    }

    private static Bson held(PollState claim) {
        return Filters.and(
                id(claim.orgId(), claim.formId()),
                Filters.eq("lease_owner", claim.leaseOwner()),
                Filters.eq("rev", claim.rev()));
    }
}
