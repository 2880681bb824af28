package dev.automationengine.localstack.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What WhatsApp knows besides tokens: approved templates, and who has written to the business lately. Thread-safe. */
public final class WhatsApp {
    private static final Duration WINDOW = Duration.ofHours(24);

    private final Map<String, Integer> parametersByTemplate = new ConcurrentHashMap<>();
    private final Map<String, Instant> windowEnds = new ConcurrentHashMap<>();
    private final Set<String> unreachable = ConcurrentHashMap.newKeySet();
    private final InstantSource clock;

    WhatsApp(InstantSource clock) {
        this.clock = clock;
    }

    /** Approves a template in a language, with this number of body parameters. */
    public void template(String name, String language, int bodyParameters) {
        parametersByTemplate.put(name + " " + language, bodyParameters);
    }

    /** A user wrote: free text may be sent to the number for 24 hours. */
    public void received(String from) {
        windowEnds.put(digits(from), clock.instant().plus(WINDOW));
    }

    /** A number that is not on WhatsApp: sending to it fails with 131026. */
    public void unreachable(String number) {
        unreachable.add(digits(number));
    }

    /** Back to the one template {@code lead_welcome} (en_US, one parameter), no open windows. */
    public void clear() {
        parametersByTemplate.clear();
        windowEnds.clear();
        unreachable.clear();
        template("lead_welcome", "en_US", 1);
    }

    Optional<Integer> bodyParameters(String template, String language) {
        return Optional.ofNullable(parametersByTemplate.get(template + " " + language));
    }

    boolean windowOpen(String number) {
        Instant end = windowEnds.get(digits(number));
        return end != null && clock.instant().isBefore(end);
    }

    boolean reachable(String number) {
        return !unreachable.contains(digits(number));
    }

    static String digits(String number) {
        return number.replaceAll("\\D", "");
    }
}
