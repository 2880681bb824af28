package dev.automationengine.localstack.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The pages, forms and leads that the simulated Graph knows. Thread-safe. */
public final class Leads {
    private static final Comparator<Lead> NEWEST_FIRST =
            Comparator.comparing(Lead::createdTime).thenComparing(Lead::id).reversed();

    private static final Map<String, String> COMMON_QUESTIONS =
            Map.of("email", "EMAIL", "full_name", "FULL_NAME", "phone_number", "PHONE");

    private final Map<String, Lead> byId = new ConcurrentHashMap<>();
    private final Map<String, String> pageOfForm = new ConcurrentHashMap<>();
    private final Map<String, Map<String, String>> questions = new ConcurrentHashMap<>();
    private final InstantSource clock;
    private volatile @Nullable Duration readableFor;

    Leads(InstantSource clock) {
        this.clock = clock;
    }

    /** Adds leads, and their forms where they are new; a lead of the same id is replaced. */
    public void add(Lead... leads) {
        for (Lead lead : leads) {
            form(lead.pageId(), lead.formId());
            byId.put(lead.id(), lead);
        }
    }

    /** Adds a form of a page. */
    public void form(String pageId, String formId) {
        pageOfForm.put(formId, pageId);
    }

    /** Says what a form asks: the type of each question by its key, as Graph names types. */
    public void questions(String formId, Map<String, String> typeByKey) {
        questions.put(formId, Map.copyOf(typeByKey));
    }

    /** Makes leads unreadable that are older than this (Meta: 90 days after submission). As it starts, none is. */
    public void expireAfter(Duration age) {
        readableFor = age;
    }

    /** Forgets leads and forms, but the demo's form. */
    public void clear() {
        byId.clear();
        pageOfForm.clear();
        questions.clear();
        readableFor = null;
        form(DemoAccounts.PAGE, DemoAccounts.FORM);
    }

    Instant now() {
        return clock.instant();
    }

    Optional<Lead> find(String id) {
        return Optional.ofNullable(byId.get(id)).filter(this::readable);
    }

    Optional<String> pageOf(String formId) {
        return Optional.ofNullable(pageOfForm.get(formId));
    }

    /** The questions of a form; of one that nobody described those of Meta that most forms have. */
    Map<String, String> questionsOf(String formId) {
        return questions.getOrDefault(formId, COMMON_QUESTIONS);
    }

    List<Lead> ofForm(String formId) {
        return byId.values().stream()
                .filter(lead -> lead.formId().equals(formId))
                .filter(this::readable)
                .sorted(NEWEST_FIRST)
                .toList();
    }

    private boolean readable(Lead lead) {
        Duration limit = readableFor;
        return limit == null || lead.createdTime().plus(limit).isAfter(clock.instant());
    }
}
