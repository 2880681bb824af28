package dev.automationengine.kit.ratelimit;

import java.util.List;

/**
 * What Redis gave.
 *
 * @param permits how many calls may pass; 0: a limit is reached
 * @param endsInMillis when the window ends, from now
 * @param remaining what remains of each limit for everybody
 */
record Grant(long permits, long endsInMillis, List<Long> remaining) {
    /** From the output of {@code lease.lua}. */
    static Grant of(List<Long> output) {
        return new Grant(output.get(0), output.get(1), List.copyOf(output.subList(2, output.size())));
    }
}
