package dev.automationengine.systemtests.faults;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What became of the leads of a fault.
 *
 * @param fault its name
 * @param accepted leads that were answered with 200
 * @param completed of them, those with a completed execution and all its effects
 * @param held those that wait for a person, with their dead letter
 * @param lost the rest
 * @param repeated leads with an effect, or an execution, more than once
 * @param recovery from the fault's end until everything that had to be announced before had ended
 * @param remarks what is wrong, for people
 */
record Outcome(
        String fault,
        int accepted,
        int completed,
        int held,
        int lost,
        int repeated,
        Duration recovery,
        List<String> remarks) {
    private static final int MOST_REMARKS = 10;

    /**
     * Compares what was promised with what was done.
     *
     * @param fault the name
     * @param accepted leads with a 200, and when each had to be announced
     * @param documentForm leads whose workflow puts documents; the others make a contact and send a message
     * @param runs executions that have ended
     * @param deadLetters executions that have one
     * @param ledger effects
     * @param end when all processes were up again
     */
    static Outcome of(
            String fault,
            Map<String, Instant> accepted,
            Set<String> documentForm,
            List<Run> runs,
            Set<String> deadLetters,
            Ledger ledger,
            Instant end) {
        Map<String, List<Run>> byLead = runs.stream().collect(Collectors.groupingBy(Run::lead));
        List<String> remarks = new ArrayList<>();
        int completed = 0;
        int held = 0;
        int repeated = 0;
        Instant recovered = end;
        for (Map.Entry<String, Instant> lead : accepted.entrySet()) {
            String id = lead.getKey();
            List<Run> mine = byLead.getOrDefault(id, List.of());
            boolean documents = documentForm.contains(id);
            if (isRepeated(id, mine, documents, ledger)) {
                repeated++;
                remarks.add("repeated: lead " + id + " " + mine + ", contacts " + ledger.contactsOf(id) + ", messages "
                        + ledger.messagesTo(id) + ", changes " + ledger.documentChanges(id));
            }
            if (mine.stream().anyMatch(run -> run.completed() && isDone(id, documents, ledger))) {
                completed++;
            } else if (mine.stream().anyMatch(run -> run.held() && deadLetters.contains(run.id()))) {
                held++;
            } else {
                remarks.add("lost: lead " + id + " " + mine + ", contacts " + ledger.contactsOf(id) + ", messages "
                        + ledger.messagesTo(id));
            }
            if (lead.getValue().isBefore(end)) {
                recovered = mine.stream().map(Run::finishedAt).reduce(recovered, (a, b) -> a.isAfter(b) ? a : b);
            }
        }
        return new Outcome(
                fault,
                accepted.size(),
                completed,
                held,
                accepted.size() - completed - held,
                repeated,
                Duration.between(end, recovered),
                remarks.stream().limit(MOST_REMARKS).toList());
    }

    private static boolean isDone(String lead, boolean documents, Ledger ledger) {
        return documents ? ledger.documentsAreRight(lead) : ledger.contactsOf(lead) > 0 && ledger.messagesTo(lead) > 0;
    }

    /** A message may go out again only where the attempts on record say so. */
    private static boolean isRepeated(String lead, List<Run> runs, boolean documents, Ledger ledger) {
        long messagesOnRecord =
                Math.max(1, runs.stream().mapToInt(Run::messageAttempts).sum());
        return runs.size() > 1
                || (documents
                        ? ledger.documentChanges(lead) > 0
                        : ledger.contactsOf(lead) > 1 || ledger.messagesTo(lead) > messagesOnRecord);
    }

    Outcome with(List<String> others) {
        return new Outcome(fault, accepted, completed, held, lost, repeated, recovery, others);
    }

    String row() {
        return String.format(
                Locale.ROOT,
                "| %s | %d | %d | %d | %d | %d | %.1f |",
                fault,
                accepted,
                completed,
                held,
                lost,
                repeated,
                recovery.toMillis() / 1000.0);
    }
}
