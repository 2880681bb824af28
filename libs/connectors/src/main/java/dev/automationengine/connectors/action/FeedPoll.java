package dev.automationengine.connectors.action;

import com.rometools.rome.feed.synd.SyndCategory;
import com.rometools.rome.feed.synd.SyndContent;
import com.rometools.rome.feed.synd.SyndEntry;
import com.rometools.rome.io.FeedException;
import com.rometools.rome.io.SyndFeedInput;
import dev.automationengine.connectors.http.Exchange;
import dev.automationengine.connectors.http.OutboundHttp;
import dev.automationengine.connectors.http.OutboundRequest;
import dev.automationengine.model.execution.ErrorClass;
import dev.automationengine.model.execution.StepError;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a feed, RSS or Atom. Feeds with a document type are refused: it could name files and addresses within the
 * operator's own network.
 */
final class FeedPoll implements Action {
    private static final int NOT_MODIFIED = 304;

    private final OutboundHttp http;
    private final Errors errors;

    FeedPoll(OutboundHttp http, Errors errors) {
        this.http = http;
        this.errors = errors;
    }

    @Override
    public EffectMode effect(Map<String, ? extends @Nullable Object> input) {
        return EffectMode.IDEMPOTENT;
    }

    @Override
    public ActionResult run(ActionCall call) {
        Redactor redactor = Redactor.of(call.credential());
        OutboundRequest request = Conditional.request(HttpRequestAction.request(call), call.input());
        return switch (http.send(request, call.connection())) {
            case Exchange.Unanswered unanswered -> errors.unanswered(request, unanswered, redactor);
            case Exchange.Answered answered
            when answered.status() == NOT_MODIFIED ->
                new ActionResult.Succeeded(
                        Map.of(PollRunner.UNCHANGED, true), answered.status(), errors.rest(answered));
            case Exchange.Answered answered -> {
                AnswerBody body = AnswerBody.of(answered, redactor);
                yield StatusClass.success(answered.status())
                        ? entries(call, answered, body)
                        : errors.answered(request, answered, ErrorRules.GENERAL, body, redactor);
            }
        };
    }

    private ActionResult entries(ActionCall call, Exchange.Answered answered, AnswerBody body) {
        boolean changes = Boolean.TRUE.equals(call.input().get("changes"));
        try {
            List<Object> items = new ArrayList<>();
            for (SyndEntry entry :
                    new SyndFeedInput().build(new StringReader(body.text())).getEntries()) {
                items.add(item(entry, changes));
            }
            Map<String, @Nullable Object> output = new HashMap<>();
            output.put(PollRunner.ITEMS, items);
            output.put(PollRunner.MEMO, Conditional.memo(answered));
            return new ActionResult.Succeeded(output, answered.status(), errors.rest(answered));
        } catch (FeedException | IllegalArgumentException e) {
            // The exception's text quotes the feed.
            return new ActionResult.Failed(
                    new StepError(
                            ErrorClass.CONFIGURATION,
                            "no_feed",
                            "The answer is no feed of RSS or Atom, or has a document type.",
                            answered.status(),
                            null,
                            null,
                            "Give the URL of the feed itself, not of the page that has it."),
                    false);
        }
    }

    private static Map<String, @Nullable Object> item(SyndEntry entry, boolean changes) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("id", entry.getUri());
        data.put("title", entry.getTitle());
        data.put("link", entry.getLink());
        data.put("author", entry.getAuthor());
        data.put("published_at", time(entry.getPublishedDate()));
        data.put("updated_at", time(entry.getUpdatedDate()));
        SyndContent description = entry.getDescription();
        data.put("summary", description == null ? null : description.getValue());
        data.put(
                "categories",
                entry.getCategories().stream()
                        .map(SyndCategory::getName)
                        .filter(Objects::nonNull)
                        .toList());
        Map<String, @Nullable Object> item = new LinkedHashMap<>();
        item.put(
                PollRunner.KEY,
                Stream.of(entry.getUri(), entry.getLink(), entry.getTitle())
                        .filter(text -> text != null && !text.isBlank())
                        .findFirst()
                        .orElse(""));
        item.put(PollRunner.VERSION, changes ? time(entry.getUpdatedDate()) : null);
        item.put(PollRunner.DATA, data);
        return item;
    }

    private static @Nullable String time(@Nullable Date date) {
        return date == null ? null : date.toInstant().toString();
    }
}
