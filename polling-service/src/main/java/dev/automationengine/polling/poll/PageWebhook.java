package dev.automationengine.polling.poll;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whether Meta tells the app of the leads of a form's page.
 *
 * @param pageId Meta's id of the page; null while it is not known
 * @param state what Meta said when it was last asked
 * @param problem code of why the app is not subscribed, for instance {@code graph_200} or {@code other_app}; null: none
 * @param checkedAt when Meta was last asked
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PageWebhook(
        @Nullable String pageId, State state, @Nullable String problem, Instant checkedAt) {
    /** What Meta says of the page. */
    public enum State {
        /** The app gets the page's leads. */
        SUBSCRIBED,
        /** It does not, or nobody could find out: only sweeps find its leads. */
        MISSING;

        /** The state as the API and the store name it. */
        @JsonValue
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State of(String label) {
            return valueOf(label.toUpperCase(Locale.ROOT));
        }
    }
}
