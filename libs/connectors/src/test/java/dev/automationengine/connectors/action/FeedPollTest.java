package dev.automationengine.connectors.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Feeds, as servers answer them. */
class FeedPollTest extends HttpPollScene {
    private static final String RSS = """
            <?xml version="1.0"?><rss version="2.0"><channel><title>News</title><link>https://news.example</link>
            <description>All</description>
            <item><guid isPermaLink="false">n-1</guid><title>One</title><link>https://news.example/1</link>
              <description>First</description><category>a</category><pubDate>Tue, 24 Nov 2026 10:00:00 GMT</pubDate></item>
            <item><title>Two</title><link>https://news.example/2</link></item></channel></rss>""";
    private static final String ATOM = """
            <?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>News</title><id>urn:x</id>
            <updated>2026-11-24T10:00:00Z</updated>
            <entry><id>urn:1</id><title>One</title><updated>2026-11-24T10:00:00Z</updated>
              <link href="https://news.example/1"/><summary>First</summary></entry></feed>""";

    FeedPollTest() {
        super("rss", "application/xml");
    }

    @Test
    void entries_of_rss_are_known_by_their_id_or_else_their_link() {
        answers(200, Map.of(), RSS);

        List<PolledItem> items = found(Map.of()).items();

        assertThat(items).extracting(PolledItem::identity).containsExactly("n-1", "https://news.example/2");
        assertThat(items.getFirst().data())
                .containsEntry("title", "One")
                .containsEntry("summary", "First")
                .containsEntry("categories", List.of("a"))
                .containsEntry("published_at", "2026-11-24T10:00:00Z");
    }

    @Test
    void an_entry_of_atom_that_was_changed_is_news_where_changes_are_wanted() {
        answers(200, Map.of(), ATOM);
        assertThat(found(Map.of("changes", true)).items())
                .extracting(PolledItem::identity)
                .containsExactly("urn:1@2026-11-24T10:00:00Z");
        answers(200, Map.of(), ATOM);
        assertThat(found(Map.of()).items()).extracting(PolledItem::identity).containsExactly("urn:1");
    }

    @Test
    void a_feed_that_has_not_changed_is_not_sent_again() {
        answers(200, Map.of("ETag", "\"v1\""), RSS);
        Map<String, String> memo = found(Map.of()).memo();
        answers(304, Map.of(), "");

        assertThat(look(memo, Map.of())).isInstanceOf(PollAnswer.Unchanged.class);
    }

    @Test
    void what_is_no_feed_or_names_files_of_this_machine_is_refused() {
        answers(200, Map.of(), "<html><body>News</body></html>");
        assertThat(refusal(Map.of())).isEqualTo("invalid_input");
        answers(200, Map.of(), "not even XML");
        assertThat(refusal(Map.of())).isEqualTo("invalid_input");
        answers(
                200,
                Map.of(),
                RSS.replace("<rss", "<!DOCTYPE rss [<!ENTITY f SYSTEM \"file:///etc/passwd\">]><rss")
                        .replace("First", "&f;"));
        assertThat(refusal(Map.of())).isEqualTo("invalid_input");
    }
}
