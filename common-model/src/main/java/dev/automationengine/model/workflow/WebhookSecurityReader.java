package dev.automationengine.model.workflow;

import dev.automationengine.model.workflow.WebhookSecurity.Algorithm;
import dev.automationengine.model.workflow.WebhookSecurity.Encoding;
import dev.automationengine.model.workflow.WebhookSecurity.Timestamp;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads how a webhook's caller shows who it is. */
final class WebhookSecurityReader {
    private static final String POINTER = "/security";
    private static final String BODY = "{body}";
    private static final String TIMESTAMP = "{timestamp}";
    private static final String TIMESTAMP_HEADER = "timestamp_header";
    private static final int LONGEST_TEMPLATE = 100;
    private static final int LONGEST_PREFIX = 50;
    private static final Duration USUAL_TOLERANCE = Duration.ofMinutes(5);
    private static final Duration MOST_TOLERANCE = Duration.ofHours(1);
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9-]{1,100}");
    private static final Set<String> HMAC_MEMBERS = Set.of(
            "kind",
            "header",
            "prefix",
            "algorithm",
            "encoding",
            "signed",
            TIMESTAMP_HEADER,
            "timestamp_prefix",
            "tolerance");

    private final BiConsumer<String, String> findings;
    private boolean wrong;

    WebhookSecurityReader(BiConsumer<String, String> findings) {
        this.findings = findings;
    }

    @Nullable
    WebhookSecurity read(@Nullable Object json) {
        if (json == null) {
            return new WebhookSecurity.None();
        }
        if (!(json instanceof Map<?, ?> members)) {
            add("", "must be an object: {\"kind\": \"none\" | \"secret\" | \"hmac\" | \"standard_webhooks\"}");
            return null;
        }
        WebhookSecurity security = ofKind(members);
        return wrong ? null : security;
    }

    private @Nullable WebhookSecurity ofKind(Map<?, ?> members) {
        return switch (String.valueOf(members.get("kind"))) {
            case "none" -> {
                only(members, Set.of("kind"));
                yield new WebhookSecurity.None();
            }
            case "secret" -> {
                only(members, Set.of("kind", "header"));
                yield new WebhookSecurity.Secret(header(members, "header"));
            }
            case "standard_webhooks" -> {
                only(members, Set.of("kind"));
                yield new WebhookSecurity.StandardWebhooks();
            }
            case "hmac" -> hmac(members);
            default -> {
                add("/kind", "must be one of none, secret, hmac, standard_webhooks");
                yield null;
            }
        };
    }

    private WebhookSecurity hmac(Map<?, ?> members) {
        only(members, HMAC_MEMBERS);
        String signed = text(members, "signed", BODY, LONGEST_TEMPLATE);
        if (occurrences(signed, BODY) != 1 || occurrences(signed, TIMESTAMP) > 1) {
            add("/signed", "must hold {body} once and {timestamp} at most once, for instance {timestamp}.{body}");
        }
        return new WebhookSecurity.Hmac(
                header(members, "header"),
                text(members, "prefix", "", LONGEST_PREFIX),
                constant(members, "algorithm", Algorithm.class, Algorithm.SHA256),
                constant(members, "encoding", Encoding.class, Encoding.HEX),
                signed,
                timestamp(members, signed));
    }

    private @Nullable Timestamp timestamp(Map<?, ?> members, String signed) {
        boolean isSigned = signed.contains(TIMESTAMP);
        if (!isSigned) {
            for (String name : new TreeSet<>(Set.of(TIMESTAMP_HEADER, "timestamp_prefix", "tolerance"))) {
                if (members.containsKey(name)) {
                    add("/" + name, "protects from nothing unless {timestamp} is signed: name it in signed");
                }
            }
            return null;
        }
        return new Timestamp(
                header(members, TIMESTAMP_HEADER),
                text(members, "timestamp_prefix", "", LONGEST_PREFIX),
                tolerance(members.get("tolerance")));
    }

    private Duration tolerance(@Nullable Object json) {
        if (json == null) {
            return USUAL_TOLERANCE;
        }
        try {
            Duration tolerance = Duration.parse(String.valueOf(json));
            if (tolerance.isPositive() && tolerance.compareTo(MOST_TOLERANCE) <= 0) {
                return tolerance;
            }
        } catch (DateTimeParseException e) {
            // Told below, as a duration that is out of bounds is.
        }
        add("/tolerance", "must be a duration such as PT5M, up to PT1H");
        return USUAL_TOLERANCE;
    }

    private String header(Map<?, ?> members, String name) {
        if (members.get(name) instanceof String text && HEADER.matcher(text).matches()) {
            return text;
        }
        add("/" + name, "name the header: letters, digits and '-'");
        return "";
    }

    private String text(Map<?, ?> members, String name, String usual, int longest) {
        Object json = members.get(name);
        if (json == null) {
            return usual;
        }
        if (json instanceof String text && text.length() <= longest) {
            return text;
        }
        add("/" + name, "must be a text of up to " + longest + " characters");
        return usual;
    }

    private <E extends Enum<E>> E constant(Map<?, ?> members, String name, Class<E> type, E usual) {
        Object json = members.get(name);
        if (json == null) {
            return usual;
        }
        for (E each : type.getEnumConstants()) {
            if (json.equals(each.name().toLowerCase(Locale.ROOT))) {
                return each;
            }
        }
        add(
                "/" + name,
                "must be one of "
                        + Arrays.stream(type.getEnumConstants())
                                .map(each -> each.name().toLowerCase(Locale.ROOT))
                                .toList());
        return usual;
    }

    private void only(Map<?, ?> members, Set<String> known) {
        members.keySet().stream()
                .map(String::valueOf)
                .filter(name -> !known.contains(name))
                .sorted()
                .forEach(name -> add("/" + name, "is unknown here; known are " + new TreeSet<>(known)));
    }

    private void add(String pointer, String reason) {
        wrong = true;
        findings.accept(POINTER + pointer, reason);
    }

    private static int occurrences(String text, String part) {
        int count = 0;
        for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
            count++;
        }
        return count;
    }
}
