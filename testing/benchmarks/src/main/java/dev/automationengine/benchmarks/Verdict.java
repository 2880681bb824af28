package dev.automationengine.benchmarks;

import dev.automationengine.localstack.load.Sent;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Whether the fleet kept its promise, and whether the figures mean anything.
 *
 * @param sent leads that had to be announced
 * @param refused announcements that were not answered with 200; their times are missing from the figures
 * @param completed leads with a completed execution
 * @param lost accepted leads without a completed execution, a contact or a message
 * @param repeated leads with more than one execution, contact or message
 * @param early leads that something ran before they were announced: their times measure nothing
 */
record Verdict(int sent, int refused, int completed, int lost, int repeated, int early) {
    /** Times of executions are whole milliseconds, and the generator's clock is read a moment before its timer. */
    private static final Duration TOLERANCE = Duration.ofMillis(5);

    static Verdict of(Sent sent, Outcome outcome) {
        Map<String, Long> runs =
                outcome.runs().stream().collect(Collectors.groupingBy(LeadRun::lead, Collectors.counting()));
        Set<String> completed = new HashSet<>(sent.intended().keySet());
        completed.retainAll(runs.keySet());
        List<Function<String, Long>> marks =
                List.of(lead -> runs.getOrDefault(lead, 0L), outcome::contactsOf, outcome::messagesTo);
        return new Verdict(
                sent.intended().size(),
                sent.intended().size() - sent.accepted().size(),
                completed.size(),
                count(sent.accepted().keySet(), lead -> marks.stream().anyMatch(mark -> mark.apply(lead) == 0)),
                count(sent.intended().keySet(), lead -> marks.stream().anyMatch(mark -> mark.apply(lead) > 1)),
                (int) outcome.runs().stream()
                        .filter(run -> sent.intended().containsKey(run.lead()))
                        .filter(run -> run.recorded()
                                .isBefore(sent.intended(run.lead()).minus(TOLERANCE)))
                        .count());
    }

    /** Whether nothing was lost or repeated, and every lead counts in the figures. */
    boolean good() {
        return lost == 0 && repeated == 0 && refused == 0 && early == 0;
    }

    private static int count(Set<String> leads, Predicate<String> which) {
        return (int) leads.stream().filter(which).count();
    }
}
