package dev.automationengine.dispatcher.workflow;

import dev.automationengine.connectors.action.ActionCatalog;
import dev.automationengine.connectors.action.PollDescriptor;
import dev.automationengine.expressions.Finding;
import dev.automationengine.kit.schedule.Schedule;
import dev.automationengine.kit.schema.InputSchema;
import dev.automationengine.model.id.WorkflowId;
import dev.automationengine.model.workflow.Trigger;
import dev.automationengine.model.workflow.WebhookAnswer;
import dev.automationengine.model.workflow.WebhookSecurity;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The types of trigger that the engine knows by itself, and what the configuration of each may say. Connectors bring
 * others: how events find their workflows is the same for all.
 */
final class TriggerTypes {
    /** By name, in the order in which they are told to people. */
    static final Map<String, Type> ALL;

    /**
     * Those of {@link #AWAITED} whose events may come before the step that waits for them has begun: they follow from what
     * the step before it has just done, and their values are of that alone.
     */
    static final Set<String> EARLY = Set.of(Trigger.WHATSAPP_STATUS);

    /** Those whose events steps may wait for: they come from outside, each to whoever listens. */
    static final Map<String, Type> AWAITED;

    private static final int MOST_WORKFLOWS = 100;
    private static final List<String> MESSAGE_STATUSES = List.of("sent", "delivered", "read", "played", "failed");
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,32}");
    private static final Pattern WEBHOOK_PATH = Pattern.compile("[A-Za-z0-9_.~-]{1,100}(/[A-Za-z0-9_.~-]{1,100}){0,9}");
    private static final Set<String> POLL_MEMBERS = Set.of("source", "every", "first", "config");
    private static final List<String> FIRST = List.of("from_now", "backfill");
    private static final Duration SHORTEST_POLL = Duration.ofSeconds(30);
    private static final Duration LONGEST_POLL = Duration.ofDays(1);
    private static final Pattern SOURCE = Pattern.compile("[a-z0-9_-]{1,64}");

    static {
        Map<String, Type> all = new LinkedHashMap<>();
        all.put(Trigger.META_LEAD_AD, new Type(Set.of("form_id", "page_id"), false, TriggerTypes::lead));
        all.put(
                Trigger.WHATSAPP_STATUS,
                new Type(Set.of("phone_number_id", "status", "settled"), false, TriggerTypes::messageStatus));
        all.put(Trigger.WEBHOOK, new Type(Set.of("path", "security", "respond"), false, TriggerTypes::webhook));
        all.put(Trigger.SCHEDULE, new Type(Set.of("cron", "time_zone", "catch_up"), false, TriggerTypes::schedule));
        all.put(Trigger.MANUAL, new Type(Set.of("input_schema"), true, TriggerTypes::manual));
        all.put(Trigger.SUB_WORKFLOW, new Type(Set.of(), true, (trigger, findings) -> {}));
        all.put(Trigger.ERROR, new Type(Set.of("workflow_ids"), true, TriggerTypes::error));
        all.put(Trigger.POLL, new Type(POLL_MEMBERS, false, TriggerTypes::poll));
        ALL = Collections.unmodifiableMap(all);
        Map<String, Type> awaited = new LinkedHashMap<>(all);
        awaited.keySet().retainAll(List.of(Trigger.WEBHOOK, Trigger.META_LEAD_AD, Trigger.WHATSAPP_STATUS));
        AWAITED = Collections.unmodifiableMap(awaited);
    }

    private TriggerTypes() {}

    /** These types, and those that connectors bring. */
    static Map<String, Type> with(ActionCatalog connectors) {
        Map<String, Type> all = new LinkedHashMap<>(ALL);
        connectors
                .triggers()
                .forEach(brought -> all.putIfAbsent(
                        brought.type(),
                        new Type(
                                true,
                                (trigger, findings) -> connectors
                                        .check(brought, trigger.config())
                                        .forEach(found -> findings.accept(found.pointer(), found.detail())))));
        all.put(Trigger.POLL, new Type(POLL_MEMBERS, false, (trigger, findings) -> {
            poll(trigger, findings);
            source(trigger, connectors, findings);
        }));
        return Collections.unmodifiableMap(all);
    }

    /** Whether a connector has the source, and what its configuration may say. */
    private static void source(Trigger trigger, ActionCatalog connectors, BiConsumer<String, String> findings) {
        Object named = trigger.config().get("source");
        if (!matches(named, SOURCE)) {
            return;
        }
        Optional<PollDescriptor> source = connectors.polls().stream()
                .filter(poll -> poll.source().equals(named))
                .findFirst();
        if (source.isEmpty()) {
            findings.accept(
                    "/source",
                    "is unknown; known are "
                            + connectors.polls().stream()
                                    .map(PollDescriptor::source)
                                    .collect(Collectors.joining(", ")));
            return;
        }
        Map<String, @Nullable Object> config = new LinkedHashMap<>();
        if (trigger.config().get("config") instanceof Map<?, ?> given) {
            given.forEach((name, value) -> config.put(String.valueOf(name), value));
        }
        connectors
                .check(source.get(), config)
                .forEach(found -> findings.accept("/config" + found.pointer(), found.detail()));
    }

    /** Checks a configuration; findings have a pointer from the configuration's root. */
    @FunctionalInterface
    interface Check {
        void check(Trigger trigger, BiConsumer<String, String> findings);
    }

    /**
     * A type of trigger.
     *
     * @param optional whether it may do without a configuration
     * @param check what its configuration may say
     */
    record Type(boolean optional, Check check) {
        Type(Set<String> members, boolean optional, Check check) {
            this(optional, (trigger, findings) -> {
                refuseUnknown(trigger.config(), members, findings);
                check.check(trigger, findings);
            });
        }
    }

    private static void lead(Trigger trigger, BiConsumer<String, String> findings) {
        Map<String, @Nullable Object> config = trigger.config();
        if (!config.containsKey("form_id") && !config.containsKey("page_id")) {
            findings.accept("", "name the form_id of a lead form, or the page_id of a page for all its forms");
        }
        for (String name : List.of("form_id", "page_id")) {
            if (config.containsKey(name) && !matches(config.get(name), DIGITS)) {
                // A number in JSON may have lost digits on its way here.
                findings.accept("/" + name, "must be Meta's id as text: digits in quotes");
            }
        }
    }

    private static void messageStatus(Trigger trigger, BiConsumer<String, String> findings) {
        Map<String, @Nullable Object> config = trigger.config();
        if (!matches(config.get("phone_number_id"), DIGITS)) {
            findings.accept("/phone_number_id", "name Meta's id of the number that sends, as text: digits in quotes");
        }
        if (config.containsKey("status") && !MESSAGE_STATUSES.contains(String.valueOf(config.get("status")))) {
            findings.accept("/status", "must be one of " + String.join(", ", MESSAGE_STATUSES));
        }
        if (config.containsKey("settled") && !"true".equals(config.get("settled"))) {
            findings.accept(
                    "/settled", "must be \"true\", for delivered, read, played and failed; leave it out for all");
        }
    }

    private static void webhook(Trigger trigger, BiConsumer<String, String> findings) {
        if (!matches(trigger.config().get("path"), WEBHOOK_PATH)) {
            findings.accept(
                    "/path",
                    "name the path after /webhooks/{org}/: up to 10 parts of letters, digits, '-', '_', '.' or '~'");
        }
        WebhookAnswer.read(trigger.config(), findings);
        WebhookSecurity security = WebhookSecurity.read(trigger.config(), findings);
        if (security != null && !(security instanceof WebhookSecurity.None) && trigger.credentialId() == null) {
            findings.accept(
                    "/credential_id",
                    "name the credential of kind " + WebhookSecurity.CREDENTIAL_KIND + " that holds the secret");
        }
    }

    private static void schedule(Trigger trigger, BiConsumer<String, String> findings) {
        Schedule.read(trigger.config(), findings);
    }

    private static void manual(Trigger trigger, BiConsumer<String, String> findings) {
        Object schema = trigger.config().get("input_schema");
        if (schema != null) {
            InputSchema.read(schema, (pointer, reason) -> findings.accept("/input_schema" + pointer, reason));
        }
    }

    private static void error(Trigger trigger, BiConsumer<String, String> findings) {
        Object ids = trigger.config().get("workflow_ids");
        if (ids != null
                && (!(ids instanceof List<?> list)
                        || list.isEmpty()
                        || list.size() > MOST_WORKFLOWS
                        || !list.stream().allMatch(TriggerTypes::isWorkflowId))) {
            findings.accept(
                    "/workflow_ids",
                    "must be a list of 1 to " + MOST_WORKFLOWS + " ids of workflows: wf_...; leave it out for all");
        }
    }

    private static void poll(Trigger trigger, BiConsumer<String, String> findings) {
        if (!matches(trigger.config().get("source"), SOURCE)) {
            findings.accept("/source", "name the source to look at: lower-case letters, digits, '-' and '_'");
        }
        Object every = trigger.config().get("every");
        if (every != null && !isPause(every)) {
            findings.accept("/every", "must be a duration of 30 seconds to a day, such as PT5M");
        }
        Object first = trigger.config().get("first");
        if (first != null && !FIRST.contains(first)) {
            findings.accept("/first", "must be from_now, or backfill for what is there at the first look");
        }
        Object config = trigger.config().get("config");
        if (config != null && !(config instanceof Map<?, ?>)) {
            findings.accept("/config", "must be an object: what the source needs");
        }
    }

    private static boolean matches(@Nullable Object json, Pattern pattern) {
        return json instanceof String text && pattern.matcher(text).matches();
    }

    private static boolean isPause(Object json) {
        try {
            Duration pause = Duration.parse(String.valueOf(json));
            return pause.compareTo(SHORTEST_POLL) >= 0 && pause.compareTo(LONGEST_POLL) <= 0;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private static boolean isWorkflowId(@Nullable Object id) {
        try {
            return id instanceof String text && !new WorkflowId(text).value().isEmpty();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static void refuseUnknown(
            Map<String, @Nullable Object> config, Set<String> known, BiConsumer<String, String> findings) {
        config.keySet().stream()
                .filter(name -> !known.contains(name))
                .sorted()
                .forEach(name -> findings.accept(
                        Finding.child("", name),
                        "is unknown here; known are " + String.join(", ", new TreeSet<>(known))));
    }
}
