package dev.automationengine.polling.poll;

import dev.automationengine.model.id.OrgId;
import dev.automationengine.polling.lease.Claim;
import dev.automationengine.polling.lease.LeasedStates;
import dev.automationengine.polling.subscription.FormSubscription;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.stereotype.Component;

/**
 * The states of all forms, in MongoDB. A form is held by one replica at a time.
 *
 * <p>A state that nobody has claimed for the retention vanishes: a workflow that is switched on again after that
 * starts anew.
 */
@Component
public class PollStates {
    /** The collection that this service owns. */
    public static final String COLLECTION = "poll_states";

    private static final Logger log = LoggerFactory.getLogger(PollStates.class);

    private final LeasedStates states;

    PollStates(MongoOperations mongo) {
        this.states = new LeasedStates(mongo, COLLECTION);
    }

    /** The states of forms by their keys, in one read; forms that never were seen before have none. */
    public Map<String, PollState> of(Collection<FormSubscription> forms) {
        Map<String, PollState> found = new HashMap<>();
        states.find(
                        forms.stream().map(FormSubscription::org).toList(),
                        forms.stream().map(FormSubscription::key).toList())
                .forEach(state -> found.put(state.getString("_id"), PollStateDocument.read(state)));
        return found;
    }

    /** Makes forms known, due at once; those that are known already stay as they are. */
    public void open(Collection<FormSubscription> forms, Instant now, Duration retention) {
        states.open(forms.stream()
                .map(form -> PollStateDocument.first(form, now, retention))
                .toList());
    }

    /**
     * Takes a form that is due and that nobody holds.
     *
     * @param owner a name that no other replica has
     * @return the state as it is now; empty if it is not due or another one was faster
     */
    public Optional<PollState> claim(
            FormSubscription form, String owner, Instant now, Duration lease, Duration retention) {
        return states.claim(form.org(), form.key(), owner, now, lease, retention)
                .map(PollStateDocument::read);
    }

    /** Extends a claim; false if it was lost, because it had ended and another replica took the form. */
    public boolean renew(PollState claim, Instant until) {
        return states.renew(held(claim), until);
    }

    /** Notes whether Meta tells of a page's leads; nothing if the claim was lost. */
    public void note(PollState claim, PageWebhook webhook) {
        boolean noted = states.update(held(claim), PollStateDocument.update(webhook));
        if (!noted) {
            log.debug("Form {} of {} was taken over by another replica", claim.formId(), claim.orgId());
        }
    }

    /** Ends a claim; false if it was lost: then nothing is changed. */
    public boolean finish(PollState claim, PollState.Result result, Instant now) {
        return states.update(held(claim), PollStateDocument.update(result, now));
    }

    /**
     * The states of an organization by form id.
     *
     * @param after the last form of the page before; null for the first page
     * @param limit most states
     */
    List<PollState> list(OrgId org, @Nullable String after, int limit) {
        return states.list(org, after == null ? null : PollStateDocument.id(org, after), limit).stream()
                .map(PollStateDocument::read)
                .toList();
    }

    private static Claim held(PollState claim) {
        return new Claim(
                claim.orgId(),
                PollStateDocument.id(claim.orgId(), claim.formId()),
                Objects.requireNonNull(claim.leaseOwner(), "a claimed state has an owner"),
                claim.rev());
    }
}
