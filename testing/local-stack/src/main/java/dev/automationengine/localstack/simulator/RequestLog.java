package dev.automationengine.localstack.simulator;

import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The newest requests that the simulators got, and how many there were in all. Thread-safe. */
public final class RequestLog {
    private static final int KEPT = 10_000;
    private static final int MAX_BODY = 64 * 1024;
    private static final Set<String> SECRET_HEADERS =
            Set.of("authorization", "cookie", "proxy-authorization", "x-api-key", "api-key", "x-api-token");
    private static final Pattern SECRET_PARAMETER =
            Pattern.compile("(access_token|appsecret_proof)(=|%3D)[^&\\s\"%]*", Pattern.CASE_INSENSITIVE);

    private final Deque<RecordedRequest> newest = new ArrayDeque<>();
    private final Map<Vendor, Long> counts = new EnumMap<>(Vendor.class);
    private final InstantSource clock;

    RequestLog(InstantSource clock) {
        this.clock = clock;
    }

    /** The newest requests, oldest of them first; at most 10,000 are kept. */
    public synchronized List<RecordedRequest> all() {
        return List.copyOf(newest);
    }

    /** The newest requests of a vendor, oldest of them first. */
    public List<RecordedRequest> of(Vendor vendor) {
        return all().stream().filter(request -> request.vendor() == vendor).toList();
    }

    /** How many requests the vendor got since the start or the last {@link #clear}, also those no longer kept. */
    public synchronized long count(Vendor vendor) {
        return counts.getOrDefault(vendor, 0L);
    }

    /** Forgets all requests and counts. */
    public synchronized void clear() {
        newest.clear();
        counts.clear();
    }

    synchronized void record(Vendor vendor, Call call) {
        counts.merge(vendor, 1L, Long::sum);
        if (newest.size() == KEPT) {
            newest.removeFirst();
        }
        newest.addLast(recorded(vendor, call));
    }

    private RecordedRequest recorded(Vendor vendor, Call call) {
        Map<String, String> headers = new TreeMap<>(call.headers());
        headers.keySet().removeAll(SECRET_HEADERS);
        String body = call.text();
        return new RecordedRequest(
                clock.instant(),
                vendor,
                call.method(),
                call.path().replaceFirst("/bot[^/]+", "/bot***"),
                masked(call.rawQuery()),
                headers,
                masked(body.length() > MAX_BODY ? body.substring(0, MAX_BODY) : body));
    }

    private static String masked(String text) {
        return SECRET_PARAMETER.matcher(text).replaceAll("$1$2***");
    }
}
