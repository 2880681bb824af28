package dev.automationengine.worker.attempt;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the earlier attempts of a step on record have used up of the budgets that are not the policy's own.
 *
 * @param throttled failures because the third party asked us to slow down
 * @param refused failures because of the credential
 */
record Spent(Tries throttled, Tries refused) {
    static final Spent NOTHING = new Spent(Tries.NONE, Tries.NONE);

    /**
     * Failures of one kind.
     *
     * @param count how many
     * @param first when the first of them began; null if there is none
     */
    record Tries(int count, @Nullable Instant first) {
        static final Tries NONE = new Tries(0, null);
    }

    /** How many of the attempts the policy does not count. */
    int uncharged() {
        return throttled.count() + refused.count();
    }
}
