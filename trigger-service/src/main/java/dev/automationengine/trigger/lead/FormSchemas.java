package dev.automationengine.trigger.lead;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.automationengine.model.id.OrgId;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Which answers of a form say something of a person: by the types of its questions. Forms cannot be changed at Meta once
 * they are published, but new ones are; a schema is asked for once an hour at most. A lead never waits for a schema that
 * cannot be had: its answers are then known by their names only.
 *
 * @see <a href="https://developers.facebook.com/docs/marketing-api/guides/lead-ads/create">Lead Ads: Form Questions</a>
 */
@Component
class FormSchemas {
    private static final Logger log = LoggerFactory.getLogger(FormSchemas.class);
    private static final Duration REMEMBERED = Duration.ofHours(1);
    private static final Duration ASKED_AGAIN = Duration.ofMinutes(5);
    private static final long MOST_REMEMBERED = 10_000;

    /** Types that say nothing of one person; what Meta adds counts as personal until somebody has looked at it. */
    private static final Set<String> NOT_PERSONAL = Set.of(
            "CUSTOM",
            "CITY",
            "STATE",
            "PROVINCE",
            "COUNTRY",
            "COMPANY_NAME",
            "JOB_TITLE",
            "DATE_TIME",
            "SLIDER",
            "STORE_LOOKUP",
            "STORE_LOOKUP_WITH_TYPEAHEAD",
            "THANK_YOU_PAGE",
            "JOIN_CODE");

    private final GraphClient graph;
    private final MeterRegistry meters;
    private final Cache<Form, Schema> schemas;

    FormSchemas(GraphClient graph, MeterRegistry meters) {
        this.graph = graph;
        this.meters = meters;
        this.schemas = Caffeine.newBuilder()
                .maximumSize(MOST_REMEMBERED)
                .expireAfter(Expiry.<Form, Schema>creating((form, schema) -> schema.known() ? REMEMBERED : ASKED_AGAIN))
                .build();
    }

    /**
     * The names of a form's answers that are personal; empty if its schema cannot be had.
     *
     * @param token by which the form's leads are read
     */
    Set<String> personal(OrgId org, String formId, String token) {
        // By organization: another's token may not see the form.
        return schemas.get(new Form(org, formId), form -> ask(form, token)).personal();
    }

    private Schema ask(Form form, String token) {
        return switch (graph.form(token, form.id())) {
            case GraphAnswer.Found(JsonNode found) -> {
                count("known");
                yield new Schema(true, personal(found));
            }
            case GraphAnswer.Refused refused -> {
                count("refused");
                log.warn(
                        "The questions of form {} of {} cannot be read ({}): its answers are masked by their names only",
                        form.id(),
                        form.org(),
                        refused.code());
                yield new Schema(false, Set.of());
            }
        };
    }

    private static Set<String> personal(JsonNode form) {
        Set<String> personal = new TreeSet<>();
        for (JsonNode question : form.path("questions")) {
            String key = question.path("key").asString("");
            if (!key.isEmpty() && !NOT_PERSONAL.contains(question.path("type").asString("CUSTOM"))) {
                personal.add(key);
            }
        }
        return personal;
    }

    private void count(String outcome) {
        meters.counter("engine.lead.form.schemas", "outcome", outcome).increment();
    }

    private record Form(OrgId org, String id) {}

    /**
     * What is known of a form.
     *
     * @param known whether Graph has answered
     * @param personal the names of personal answers
     */
    private record Schema(boolean known, Set<String> personal) {
        Schema {
            personal = Set.copyOf(personal);
        }
    }
}
