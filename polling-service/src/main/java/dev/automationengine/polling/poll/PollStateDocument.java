package dev.automationengine.polling.poll;

import com.mongodb.client.model.Updates;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.polling.lease.LeaseDocuments;
import dev.automationengine.polling.subscription.FormSubscription;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** States as documents of the collection {@code poll_states}. */
final class PollStateDocument {
    private static final String WEBHOOK = "webhook";

    private PollStateDocument() {}

    static String id(OrgId org, String formId) {
        return org + ":" + formId;
    }

    static Document first(FormSubscription form, Instant now, Duration retention) {
        return LeaseDocuments.first(form.org(), form.key(), now, retention)
                .append("form_id", form.formId())
                .append("last_found", 0)
                .append("failures", 0);
    }

    static Bson update(PollState.Result result, Instant now) {
        Duration span = result.span();
        return Updates.combine(
                LeaseDocuments.released(result.nextAt()),
                setOrUnset("swept_until", date(result.sweptUntil())),
                setOrUnset("span_seconds", span == null ? null : span.toSeconds()),
                Updates.set("last_run_at", Date.from(now)),
                Updates.set("last_found", result.found()),
                setOrUnset("last_error", result.error()),
                Updates.set("failures", result.failures()));
    }

    static PollState read(Document state) {
        Long span = state.getLong("span_seconds");
        return new PollState(
                new OrgId(state.getString("org_id")),
                state.getString("form_id"),
                state.getDate("next_at").toInstant(),
                state.getString("lease_owner"),
                instant(state, "lease_until"),
                instant(state, "swept_until"),
                span == null ? null : Duration.ofSeconds(span),
                instant(state, "last_run_at"),
                state.getInteger("last_found", 0),
                state.getString("last_error"),
                state.getInteger("failures", 0),
                webhook(state.get(WEBHOOK, Document.class)),
                state.getLong("rev"));
    }

    static Bson update(PageWebhook webhook) {
        return Updates.set(
                WEBHOOK,
                new Document("page_id", webhook.pageId())
                        .append("state", webhook.state().label())
                        .append("problem", webhook.problem())
                        .append("checked_at", Date.from(webhook.checkedAt())));
    }

    private static @Nullable PageWebhook webhook(@Nullable Document webhook) {
        return webhook == null
                ? null
                : new PageWebhook(
                        webhook.getString("page_id"),
                        PageWebhook.State.of(webhook.getString("state")),
                        webhook.getString("problem"),
                        webhook.getDate("checked_at").toInstant());
    }

    private static Bson setOrUnset(String member, @Nullable Object value) {
        return value == null ? Updates.unset(member) : Updates.set(member, value);
    }

    private static @Nullable Date date(@Nullable Instant instant) {
        return instant == null ? null : Date.from(instant);
    }

    private static @Nullable Instant instant(Document state, String member) {
        Date date = state.getDate(member);
        return date == null ? null : date.toInstant();
    }
}
