package dev.automationengine.jobqueue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.redisson.api.RTopic;
import org.redisson.api.RedissonClient;
import org.redisson.api.listener.StatusListener;
import org.redisson.client.codec.StringCodec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens to the shards' nudges. It subscribes when the first listener comes, and tries again with later claims if
 * Redis is away then; once subscribed, the client subscribes again by itself after a broken connection.
 */
final class NudgeChannel implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NudgeChannel.class);
    private static final long TRY_AGAIN_NANOS = Duration.ofSeconds(1).toNanos();

    private final RedissonClient redisson;
    private final String name;
    private final ShardHints hints;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final List<Integer> registrations = new CopyOnWriteArrayList<>();
    private final AtomicBoolean asked = new AtomicBoolean();
    private final AtomicLong lastTry = new AtomicLong();
    private volatile boolean subscribed;
    private volatile boolean gap;

    NudgeChannel(RedissonClient redisson, String name, ShardHints hints) {
        this.redisson = redisson;
        this.name = name;
        this.hints = hints;
    }

    JobQueue.Subscription listen(Runnable listener) {
        // Wrapped, because the same listener may be added twice and each subscription ends its own.
        Runnable own = () -> listener.run();
        listeners.add(own);
        lastTry.set(System.nanoTime() - TRY_AGAIN_NANOS);
        keepSubscribed();
        // Who comes when nudges arrive already missed the wake that said so.
        if (subscribed) {
            wake(own);
        }
        return () -> listeners.remove(own);
    }

    /** Whether nudges arrive: if not, a claim has to look for itself. */
    boolean subscribed() {
        return subscribed;
    }

    /** Whether nudges may have been missed since the last time this was asked. */
    boolean takeGap() {
        boolean had = gap;
        gap = false;
        return had;
    }

    /** Subscribes if somebody listens and it has not worked yet; does not wait. */
    void keepSubscribed() {
        long last = lastTry.get();
        if (listeners.isEmpty()
                || asked.get()
                || System.nanoTime() - last < TRY_AGAIN_NANOS
                || !lastTry.compareAndSet(last, System.nanoTime())
                || !asked.compareAndSet(false, true)) {
            return;
        }
        Thread.ofVirtual().name("queue-nudges").start(this::subscribe);
    }

    private void subscribe() {
        try {
            RTopic topic = redisson.getTopic(name, StringCodec.INSTANCE);
            // Both return when they are in place; only then nothing is missed any more.
            registrations.add(topic.addListener(String.class, (channel, shard) -> nudged(shard)));
            registrations.add(topic.addListener(new Connection()));
            connected();
        } catch (RuntimeException e) {
            asked.set(false);
            LOG.warn("Cannot listen to the queue's nudges yet; workers poll meanwhile", e);
        }
    }

    private void nudged(String shard) {
        try {
            hints.add(Integer.parseInt(shard));
        } catch (NumberFormatException e) {
            LOG.warn("Ignored a nudge that is not the number of a shard");
            return;
        }
        wake();
    }

    private void connected() {
        subscribed = true;
        gap = true;
        wake();
    }

    private void wake() {
        listeners.forEach(NudgeChannel::wake);
    }

    private static void wake(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException e) {
            LOG.warn("A listener to the queue's nudges failed", e);
        }
    }

    @Override
    public void close() {
        listeners.clear();
        // Only what is ours: another queue may share the client.
        Integer[] ours = registrations.toArray(Integer[]::new);
        if (ours.length > 0) {
            var unused = redisson.getTopic(name, StringCodec.INSTANCE).removeListenerAsync(ours);
        }
    }

    /** Nudges that came while there was no connection are gone: look at every shard once after each connect. */
    private final class Connection implements StatusListener {
        @Override
        public void onSubscribe(String channel) {
            connected();
        }

        @Override
        public void onUnsubscribe(String channel) {
            subscribed = false;
        }
    }
}
