package dev.automationengine.scheduler.recovery;

import dev.automationengine.scheduler.recovery.BeatStore.Known;
import java.util.Map;
import java.util.OptionalLong;
import org.springframework.stereotype.Component;

/** Whether Redis still has all that it acknowledged. */
@Component
class QueueHealth {
    private final QueueBeat beat;
    private final BeatStore store;
    private final RedisRuns runs;

    QueueHealth(QueueBeat beat, BeatStore store, RedisRuns runs) {
        this.beat = beat;
        this.store = store;
        this.runs = runs;
    }

    /**
     * Looks, and if all is well, lets the numbers grow. Any number of replicas may do it.
     *
     * @throws RuntimeException if Redis or MongoDB is away: nothing is known then
     */
    Loss look() {
        Known known = store.read();
        if (known == null) {
            return Loss.NEW;
        }
        // MongoDB learns a number only after Redis had it, and none that is smaller: so Redis is never behind by right.
        Map<Integer, OptionalLong> beats = beat.beat(known.shards());
        if (beats.values().stream().anyMatch(OptionalLong::isEmpty)) {
            return Loss.DATA;
        }
        String running = runs.now();
        if (!running.isEmpty() && !running.equals(known.runs())) {
            return Loss.RESTARTED;
        }
        store.learn(beats, null);
        return Loss.NONE;
    }

    /**
     * Begins a rebuild.
     *
     * @return what {@link #restored} wants to have
     */
    String restoring() {
        String running = runs.now();
        beat.begin();
        return running;
    }

    /**
     * Ends a rebuild. What was lost since its beginning is seen by the next {@link #look}.
     *
     * @param running what {@link #restoring} gave
     */
    void restored(String running) {
        Known known = store.read();
        Map<Integer, OptionalLong> beats = beat.end(known == null ? Map.of() : known.shards());
        if (beats.values().stream().allMatch(OptionalLong::isPresent)) {
            store.learn(beats, running);
        }
    }

    /** What Redis has lost. */
    enum Loss {
        /** Nothing. */
        NONE("has all it had"),
        /** There never was a queue. */
        NEW("is new"),
        /** What it had acknowledged: it is empty, or has an older state. */
        DATA("has lost data"),
        /** Perhaps its last moments. */
        RESTARTED("was started again, or another server took over");

        private final String description;

        Loss(String description) {
            this.description = description;
        }

        @Override
        public String toString() {
            return description;
        }
    }
}
