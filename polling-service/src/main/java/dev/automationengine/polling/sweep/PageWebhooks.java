package dev.automationengine.polling.sweep;

import dev.automationengine.polling.poll.PageWebhook;
import dev.automationengine.polling.poll.PageWebhook.State;
import dev.automationengine.polling.poll.PollState;
import dev.automationengine.polling.poll.PollStates;
import dev.automationengine.polling.subscription.FormSubscription;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Sees to it that Meta tells the app of the leads of every form that is swept: Meta ends subscriptions silently, when a
 * webhook failed for long or somebody lost a role, and a form that only sweeps find leads of is minutes late.
 */
@Component
class PageWebhooks {
    private static final Logger log = LoggerFactory.getLogger(PageWebhooks.class);

    private final PageApps apps;
    private final PageTokens tokens;
    private final PollStates states;
    private final PollingProperties properties;
    private final boolean managed;
    private final MeterRegistry meters;
    private final InstantSource clock;

    PageWebhooks(
            PageApps apps,
            PageTokens tokens,
            PollStates states,
            PollingProperties properties,
            GraphProperties graph,
            MeterRegistry meters,
            InstantSource clock) {
        this.apps = apps;
        this.tokens = tokens;
        this.states = states;
        this.properties = properties;
        this.managed = !graph.appId().isEmpty();
        this.meters = meters;
        this.clock = clock;
    }

    /**
     * Asks if it is time to, and subscribes the app where it is not.
     *
     * @param swept how the sweep ended: where the token does not work or Graph is away, asking more is of no use
     */
    void check(FormSubscription form, PollState claim, Outcome swept) {
        boolean worked = swept instanceof Outcome.Complete || swept instanceof Outcome.Partial;
        if (!managed || !worked || !due(claim.webhook())) {
            return;
        }
        try {
            PageWebhook found = find(form, claim.webhook());
            states.note(claim, found);
            if (found.problem() != null) {
                count("missing");
                log.warn(
                        "Meta does not tell of the leads of form {} of {}: {}",
                        form.formId(),
                        form.org(),
                        found.problem());
            }
        } catch (RuntimeException e) {
            // The sweep has its result all the same.
            count("internal");
            log.error("The webhook of form {} of {} could not be checked", form.formId(), form.org(), e);
        }
    }

    private boolean due(@Nullable PageWebhook last) {
        if (last == null) {
            return true;
        }
        Duration pause = last.state() == State.SUBSCRIBED ? properties.webhookCheck() : properties.webhookRetry();
        return !clock.instant().isBefore(last.checkedAt().plus(pause));
    }

    private PageWebhook find(FormSubscription form, @Nullable PageWebhook before) {
        String page = form.pageId() == null && before != null ? before.pageId() : form.pageId();
        return switch (tokens.find(form)) {
            case PageTokens.Found.Missing(String code) -> missing(page, code);
            case PageTokens.Found.Token(String token) when page != null -> ofPage(page, token);
            case PageTokens.Found.Token(String token) ->
                switch (apps.pageOf(form.formId(), token)) {
                    case PageApps.Answer.Refused<String>(String code) -> missing(null, code);
                    case PageApps.Answer.Told<String>(String asked) -> ofPage(asked, token);
                };
        };
    }

    private PageWebhook ofPage(String page, String token) {
        if (!PageApps.isId(page)) {
            return missing(null, "page_id_invalid");
        }
        return switch (apps.subscription(page, token)) {
            case PageApps.Answer.Refused<PageApps.Subscription>(String code) -> missing(page, code);
            case PageApps.Answer.Told<PageApps.Subscription>(PageApps.Subscription now) ->
                now.leads() ? subscribed(page, "subscribed") : subscribe(page, now.fields(), token);
        };
    }

    private PageWebhook subscribe(String page, Set<String> fields, String token) {
        return apps.subscribe(page, fields, token)
                .map(code -> missing(page, code))
                .orElseGet(() -> confirmed(page, token));
    }

    /** A token of another app subscribes that one. */
    private PageWebhook confirmed(String page, String token) {
        return switch (apps.subscription(page, token)) {
            case PageApps.Answer.Refused<PageApps.Subscription>(String code) -> missing(page, code);
            case PageApps.Answer.Told<PageApps.Subscription>(PageApps.Subscription now) ->
                now.leads() ? subscribed(page, "added") : missing(page, "other_app");
        };
    }

    private PageWebhook subscribed(String page, String result) {
        count(result);
        return new PageWebhook(page, State.SUBSCRIBED, null, clock.instant());
    }

    private PageWebhook missing(@Nullable String page, String code) {
        return new PageWebhook(page, State.MISSING, code, clock.instant());
    }

    private void count(String result) {
        meters.counter("engine.polling.webhooks", "result", result).increment();
    }
}
