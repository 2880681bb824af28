package dev.automationengine.jobqueue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.model.id.OrgId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.state.Action;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.state.Transformer;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;

/** Whatever is done in whatever order, and whatever crashes: no job is lost, held twice or kept back without reason. */
class QueueStateTest {
    private static final List<OrgId> ORGANIZATIONS =
            List.of(new OrgId("org_a"), new OrgId("org_b"), new OrgId("org_c"));
    private static final List<String> KEYS = List.of("crm", "whatsapp");
    private static final int JOBS = 40;

    private static final Path DIRECTORY = directory();
    private static final RedisProcess REDIS = RedisProcess.start(DIRECTORY);
    private static final RedissonClient REDISSON = client();

    @AfterContainer
    static void stop() throws IOException {
        REDISSON.shutdown();
        REDIS.close();
        try (Stream<Path> files = Files.walk(DIRECTORY)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        }
    }

    private static Path directory() {
        try {
            return Files.createTempDirectory("queue-state-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RedissonClient client() {
        Config config = new Config();
        config.useSingleServer().setAddress(REDIS.url()).setConnectionMinimumIdleSize(1);
        return Redisson.create(config);
    }

    @Property(tries = 100)
    void the_queue_keeps_its_promises(@ForAll("histories") ActionChain<ModelledQueue> history) {
        ModelledQueue atEnd =
                history.withInvariant("counts", ModelledQueue::countsAreEqual).run();

        atEnd.drain(ORGANIZATIONS, KEYS);
        assertThat(REDISSON.getKeys().getKeys()).as("keys left behind").isEmpty();
    }

    @Provide
    Arbitrary<ActionChain<ModelledQueue>> histories() {
        return ActionChain.startWith(QueueStateTest::empty)
                .withAction(6, any("enqueue", newJobs(), ModelledQueue::enqueue))
                .withAction(6, any("claim", upTo(12), ModelledQueue::claim))
                .withAction(1, any("claim, answer lost", upTo(12), ModelledQueue::claimWithLostAnswer))
                .withAction(3, any("complete", picks(), ModelledQueue::complete))
                .withAction(1, any("complete, answer lost", picks(), ModelledQueue::completeWithLostAnswer))
                .withAction(2, any("renew", picks(), ModelledQueue::renew))
                .withAction(3, any("retry or defer", later(), (queue, delay) -> delay.apply(queue)))
                .withAction(2, any("release", picks(), ModelledQueue::release))
                .withAction(1, Action.just(Transformer.mutate("workers vanish", ModelledQueue::vanish)))
                .withAction(3, any("clock", upTo(45), ModelledQueue::advance))
                .withAction(1, any("clock", Arbitraries.just(301), ModelledQueue::advance))
                .withAction(3, Action.just(Transformer.mutate("promote", ModelledQueue::promote)))
                .withAction(3, Action.just(Transformer.mutate("rescue", ModelledQueue::rescue)))
                .withAction(3, any("limit", limits(), (queue, limit) -> limit.apply(queue)))
                .withAction(1, Action.just(Transformer.mutate("Redis is wiped", ModelledQueue::wipeAndRebuild)))
                .withMaxTransformations(80);
    }

    private static ModelledQueue empty() {
        REDISSON.getKeys().flushall();
        SettableClock clock = new SettableClock();
        RedisJobQueue queue =
                new RedisJobQueue(REDISSON, JobQueueProperties.of("", 1), new SimpleMeterRegistry(), clock);
        return new ModelledQueue(queue, clock, () -> REDISSON.getKeys().flushall());
    }

    private static <T> Action.Independent<ModelledQueue> any(
            String name, Arbitrary<T> arguments, BiConsumer<ModelledQueue, T> call) {
        return () -> arguments.map(
                argument -> Transformer.mutate(name + " " + argument, queue -> call.accept(queue, argument)));
    }

    private static Arbitrary<Integer> upTo(int most) {
        return Arbitraries.integers().between(1, most);
    }

    private static Arbitrary<List<Integer>> picks() {
        return Arbitraries.integers().between(0, 25).list().ofMinSize(1).ofMaxSize(8);
    }

    /** Whose a job is, and what limits it, follows from its number: the same id comes again the same. */
    private static Arbitrary<List<NewJob>> newJobs() {
        Arbitrary<Integer> numbers = Arbitraries.integers().between(0, JOBS - 1);
        Arbitrary<Integer> delays = Arbitraries.integers().between(-20, 40);
        return Combinators.combine(numbers, delays)
                .as((number, delay) -> new NewJob(
                        Jobs.id("n" + number),
                        ORGANIZATIONS.get(number % ORGANIZATIONS.size()),
                        number % 2 == 0 ? NewJob.NORMAL : NewJob.FIRST,
                        delay < 0 ? null : new SettableClock().instant().plusSeconds(delay),
                        1,
                        0,
                        false,
                        number % 4 < KEYS.size() ? KEYS.get(number % 4) : null,
                        "payload " + number))
                .list()
                .ofMinSize(1)
                .ofMaxSize(12);
    }

    private static Arbitrary<Delay> later() {
        return Combinators.combine(picks(), Arbitraries.integers().between(-5, 60), Arbitraries.of(true, false))
                .as(Delay::new);
    }

    private static Arbitrary<Limit> limits() {
        return Combinators.combine(
                        Arbitraries.of(ORGANIZATIONS),
                        Arbitraries.of(KEYS),
                        Arbitraries.of(Kind.values()),
                        Arbitraries.integers().between(0, 30))
                .as(Limit::new);
    }

    /** A retry if an attempt is charged, else a deferral. */
    private record Delay(List<Integer> picks, int seconds, boolean charged) {
        void apply(ModelledQueue queue) {
            queue.later(picks, seconds, charged);
        }
    }

    private enum Kind {
        CAP,
        NO_CAP,
        RATE,
        NO_RATE,
        HOLD
    }

    private record Limit(OrgId org, String key, Kind kind, int number) {
        void apply(ModelledQueue queue) {
            switch (kind) {
                case CAP -> queue.cap(org, number % 5);
                case NO_CAP -> queue.cap(org, JobQueue.UNLIMITED);
                case RATE -> queue.limit(org, key, new RateLimit(number + 1, Duration.ofSeconds(30)));
                case NO_RATE -> queue.limit(org, key, null);
                case HOLD -> queue.hold(org, key, number);
            }
        }
    }
}
