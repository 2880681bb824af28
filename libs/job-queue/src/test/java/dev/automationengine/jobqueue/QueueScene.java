package dev.automationengine.jobqueue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

/** What a part of the contract works with. */
interface QueueScene {
    Duration HALF_A_MINUTE = Duration.ofSeconds(30);

    JobQueue queue();

    /** The clock that the queue keeps time by. */
    SettableClock clock();

    /** Takes a new, empty queue, all organizations of which lie in one shard. */
    void useOneShard();

    default List<ClaimedJob> claimed(int max) {
        return queue().claim("worker-1", max, HALF_A_MINUTE);
    }

    default ClaimedJob claimedOne() {
        List<ClaimedJob> one = claimed(1);
        assertThat(one).hasSize(1);
        return one.getFirst();
    }

    default void later(Duration time) {
        clock().advance(time);
        queue().promote(1000);
    }
}
