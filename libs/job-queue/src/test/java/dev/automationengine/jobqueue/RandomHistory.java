package dev.automationengine.jobqueue;

import dev.automationengine.model.id.OrgId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A history of calls that follows from a seed and from what the queue answers; told to two queues that behave alike, it
 * reads the same.
 */
final class RandomHistory {
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final int MANY = 1000;

    private final Random random;
    private final JobQueue queue;
    private final SettableClock clock;
    private final List<ClaimedJob> everClaimed = new ArrayList<>();

    RandomHistory(long seed, JobQueue queue, SettableClock clock) {
        this.random = new Random(seed);
        this.queue = queue;
        this.clock = clock;
    }

    /** Makes calls and gives what was answered, line by line. */
    List<String> tell(int calls) {
        return IntStream.range(0, calls)
                .mapToObj(call -> call + " " + next() + " " + queue.stats())
                .toList();
    }

    private String next() {
        return switch (random.nextInt(12)) {
            case 0, 1 -> "enqueue " + queue.enqueue(newJobs());
            case 2, 3 -> "claim " + claim();
            case 4 -> "complete " + sorted(queue.complete(someClaimed()).stream());
            case 5 -> "renew " + sorted(queue.renew(someClaimed(), LEASE).stream());
            case 6 -> "later " + later();
            case 7 -> "release " + release();
            case 8 -> "cap " + cap();
            case 9 -> "later " + advance() + queue.promote(MANY) + queue.rescue(MANY);
            case 10 -> "limit " + limit();
            case 11 -> "hold " + hold();
            default -> throw new IllegalStateException();
        };
    }

    private List<NewJob> newJobs() {
        return Stream.generate(() -> new NewJob(
                        Jobs.id("j" + random.nextInt(200)),
                        org(),
                        random.nextInt(3),
                        random.nextBoolean() ? null : clock.instant().plusSeconds(random.nextInt(60)),
                        1,
                        0,
                        random.nextInt(9) == 0,
                        random.nextBoolean() ? null : key(),
                        "p"))
                .limit(random.nextInt(12))
                .toList();
    }

    private List<ClaimedJob> claim() {
        List<ClaimedJob> claimed = queue.claim("w", random.nextInt(15), LEASE);
        everClaimed.addAll(claimed);
        return claimed;
    }

    /** Some that are held, and some that were held once. */
    private List<ClaimedJob> someClaimed() {
        return everClaimed.reversed().stream()
                .limit(20)
                .filter(job -> random.nextInt(4) == 0)
                .toList();
    }

    private List<String> later() {
        List<Later> jobs = someClaimed().stream()
                .map(job -> new Later(job, clock.instant().plusSeconds(random.nextInt(-5, 60))))
                .toList();
        return sorted((random.nextBoolean() ? queue.retry(jobs) : queue.defer(jobs)).stream());
    }

    private int release() {
        List<ClaimedJob> jobs = someClaimed();
        queue.release(jobs);
        return jobs.size();
    }

    private String cap() {
        OrgId org = org();
        int cap = random.nextInt(6) == 0 ? random.nextInt(4) : JobQueue.UNLIMITED;
        queue.setConcurrencyCap(org, cap);
        return org + "=" + cap;
    }

    private Duration advance() {
        Duration time = Duration.ofSeconds(random.nextInt(40));
        clock.advance(time);
        return time;
    }

    private String limit() {
        OrgId org = org();
        String key = key();
        RateLimit limit = random.nextInt(3) == 0
                ? null
                : new RateLimit(1 + random.nextInt(7), Duration.ofMillis(1 + random.nextInt(20_000)));
        queue.setRateLimit(org, key, limit);
        return org + " " + key + " " + limit;
    }

    private String hold() {
        OrgId org = org();
        String key = key();
        Instant until = clock.instant().plusMillis(random.nextInt(-1000, 30_000));
        queue.hold(org, key, until);
        return org + " " + key + " " + until;
    }

    private String key() {
        return "key " + random.nextInt(3);
    }

    private OrgId org() {
        return new OrgId("org_" + random.nextInt(4));
    }

    private static List<String> sorted(Stream<?> items) {
        return new ArrayList<>(new TreeSet<>(items.map(Object::toString).toList()));
    }
}
