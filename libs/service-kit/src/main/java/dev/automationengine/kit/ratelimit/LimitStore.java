package dev.automationengine.kit.ratelimit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RScript;
import org.redisson.api.RedissonClient;
import org.redisson.api.options.OptionalOptions;
import org.redisson.client.codec.StringCodec;

/** The counts that all replicas share: one hash for each group, which expires with its window. */
final class LimitStore {
    private static final String LEASE = read();

    private final RScript scripts;
    private final Duration timeout;
    private final @Nullable InstantSource clock;

    /**
     * Counts in Redis.
     *
     * @param timeout how long a call may wait for Redis
     * @param clock tells the scripts the time; null: they ask Redis, so that all replicas have the same windows
     */
    LimitStore(RedissonClient redisson, Duration timeout, @Nullable InstantSource clock) {
        // Sent once: a script that is repeated would count twice.
        this.scripts = redisson.getScript(
                OptionalOptions.defaults().codec(StringCodec.INSTANCE).retryAttempts(0));
        this.timeout = timeout;
        this.clock = clock;
    }

    /**
     * Takes permits, in one script.
     *
     * @param needed how many calls wait for one
     * @param wanted how many would be good to have
     * @param owed how many calls have passed in this window without asking
     * @throws AwayException if Redis does not answer in time; what it does later is lost to this replica
     */
    Grant lease(Group group, List<Limit> limits, long needed, long wanted, long owed) throws AwayException {
        List<String> arguments = new ArrayList<>(List.of(
                clock == null ? "" : Long.toString(clock.millis()),
                Long.toString(group.window().toMillis()),
                Long.toString(needed),
                Long.toString(Math.max(needed, wanted)),
                Long.toString(owed)));
        for (Limit limit : limits) {
            arguments.add(limit.field());
            arguments.add(Long.toString(limit.permits()));
        }
        return Grant.of(await(() -> scripts.evalAsync(
                group.key(),
                RScript.Mode.READ_WRITE,
                LEASE,
                RScript.ReturnType.LIST,
                List.of(group.key()),
                arguments.toArray())));
    }

    /** Connects if need be, which may take seconds, and asks whether Redis answers as soon as a call needs it to. */
    void probe() throws AwayException {
        await(() -> scripts.<Long>evalAsync(RScript.Mode.READ_WRITE, "return 1", RScript.ReturnType.LONG));
    }

    private <R> R await(Supplier<CompletionStage<R>> call) throws AwayException {
        CompletableFuture<R> answer;
        try {
            answer = call.get().toCompletableFuture();
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AwayException(e);
        } catch (ExecutionException e) {
            throw new AwayException(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException | RuntimeException e) {
            throw new AwayException(e);
        }
    }

    private static String read() {
        try (InputStream in = LimitStore.class.getResourceAsStream("lease.lua")) {
            if (in == null) {
                throw new IllegalStateException("lease.lua is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
