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
    private final Set<String> optedOut = ConcurrentHashMap.newKeySet();
    private final SendingRate throughput;
    private final SendingRate pairs;
    private final InstantSource clock;

    WhatsApp(InstantSource clock) {
        this.clock = clock;
        this.throughput = new SendingRate(clock);
        this.pairs = new SendingRate(clock);
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

    /** A person who does not want messages of this business any more: sending fails with 131050. */
    public void optedOut(String number) {
        optedOut.add(digits(number));
    }

    /** Limits what a phone number sends in a second (Meta: 80): beyond it 130429. As it starts there is no limit. */
    public void throughput(int messagesPerSecond) {
        throughput.allow(Duration.ofSeconds(1).dividedBy(messagesPerSecond), messagesPerSecond);
    }

    /** Limits what one person gets (Meta: one message in 6 s, 45 at once): beyond it 131056. As it starts there is no limit. */
    public void pairRate(Duration each, int burst) {
        pairs.allow(each, burst);
    }

    /** Back to the one template {@code lead_welcome} (en_US, one parameter), no open windows. */
    public void clear() {
        parametersByTemplate.clear();
        windowEnds.clear();
        unreachable.clear();
        optedOut.clear();
        throughput.allow(Duration.ZERO, 0);
        pairs.allow(Duration.ZERO, 0);
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

    boolean wanted(String number) {
        return !optedOut.contains(digits(number));
    }

    boolean fitsThroughput(String phoneNumberId) {
        return throughput.take(phoneNumberId);
    }

    boolean fitsPair(String phoneNumberId, String number) {
        return pairs.take(phoneNumberId + " " + digits(number));
    }

    static String digits(String number) {
        return number.replaceAll("\\D", "");
    }
}
