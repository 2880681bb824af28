package dev.automationengine.dispatcher.trial;

import java.util.ArrayList;
import java.util.List;

/**
 * How far a replay is, in sum.
 *
 * @param events events that the trigger listens to and that were taken up
 * @param same events of which the same would have become
 * @param different events of which something else would have become
 * @param notComparable events without a record of what happened, or whose execution has not ended
 * @param started executions that were started
 * @param failed events that could not be taken up
 * @param differences what would be different, how often; only the first {@value #MAX_DIFFERENCES} kinds
 */
record ReplayProgress(
        int events, int same, int different, int notComparable, int started, int failed, List<Difference> differences) {
    /** The most kinds of differences that are counted. */
    static final int MAX_DIFFERENCES = 200;

    /** Nothing done. */
    static final ReplayProgress NONE = new ReplayProgress(0, 0, 0, 0, 0, 0, List.of());

    /** Copies the list. */
    ReplayProgress {
        differences = List.copyOf(differences);
    }

    /**
     * A step that would end otherwise.
     *
     * @param step the step; {@code *} is the whole execution; within what a step started {@code STEP/...}
     * @param was how it ended
     * @param would how it would end
     * @param count for how many events
     */
    record Difference(String step, String was, String would, int count) {}

    /** With one result more. */
    ReplayProgress plus(ReplayResult result) {
        return switch (result.outcome()) {
            case SAME ->
                new ReplayProgress(events + 1, same + 1, different, notComparable, started, failed, differences);
            case DIFFERENT ->
                new ReplayProgress(
                        events + 1, same, different + 1, notComparable, started, failed, counted(result.differences()));
            case NO_RECORD, UNFINISHED ->
                new ReplayProgress(events + 1, same, different, notComparable + 1, started, failed, differences);
            case STARTED ->
                new ReplayProgress(events + 1, same, different, notComparable, started + 1, failed, differences);
            case FAILED ->
                new ReplayProgress(events + 1, same, different, notComparable, started, failed + 1, differences);
        };
    }

    private List<Difference> counted(List<ReplayResult.Change> changes) {
        List<Difference> counted = new ArrayList<>(differences);
        for (ReplayResult.Change change :
                changes.stream().map(ReplayResult.Change::ofAnyItem).distinct().toList()) {
            int at = indexOf(counted, change);
            if (at >= 0) {
                Difference known = counted.get(at);
                counted.set(at, new Difference(known.step(), known.was(), known.would(), known.count() + 1));
            } else if (counted.size() < MAX_DIFFERENCES) {
                counted.add(new Difference(change.step(), change.was(), change.would(), 1));
            }
        }
        return counted;
    }

    private static int indexOf(List<Difference> counted, ReplayResult.Change change) {
        for (int i = 0; i < counted.size(); i++) {
            Difference each = counted.get(i);
            if (each.step().equals(change.step())
                    && each.was().equals(change.was())
                    && each.would().equals(change.would())) {
                return i;
            }
        }
        return -1;
    }
}
