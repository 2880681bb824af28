package dev.automationengine.benchmarks;

import dev.automationengine.localstack.load.LeadSeries;
import java.util.List;
import java.util.Map;

/**
 * What became of the leads of a fleet.
 *
 * @param runs completed executions
 * @param contacts contacts in the CRM by e-mail address
 * @param messages WhatsApp messages by lead
 */
record Outcome(List<LeadRun> runs, Map<String, Long> contacts, Map<String, Long> messages) {
    Outcome {
        runs = List.copyOf(runs);
        contacts = Map.copyOf(contacts);
        messages = Map.copyOf(messages);
    }

    long contactsOf(String lead) {
        return contacts.getOrDefault(LeadSeries.email(lead), 0L);
    }

    long messagesTo(String lead) {
        return messages.getOrDefault(lead, 0L);
    }
}
