package dev.automationengine.connectors.action;

import com.rometools.rome.feed.synd.SyndCategory;
import com.rometools.rome.feed.synd.SyndContent;
import com.rometools.rome.feed.synd.SyndEntry;
import com.rometools.rome.io.FeedException;
import com.rometools.rome.io.SyndFeedInput;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Date;
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
final class FeedFormat implements HttpPoll.Format {
    @Override
    public List<Object> items(Map<String, @Nullable Object> input, AnswerBody body) {
        boolean changes = Boolean.TRUE.equals(input.get("changes"));
        try {
            List<Object> items = new ArrayList<>();
            for (SyndEntry entry :
                    new SyndFeedInput().build(new StringReader(body.text())).getEntries()) {
                items.add(item(entry, changes));
            }
            return items;
        } catch (FeedException | IllegalArgumentException e) {
            // The exception's text quotes the feed.
            throw new InvalidInputException(
                    "url answers with no feed of RSS or Atom, or with one that has a document type:"
                            + " give the URL of the feed itself, not of the page that has it");
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
