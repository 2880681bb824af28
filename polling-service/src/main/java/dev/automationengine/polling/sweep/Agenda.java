package dev.automationengine.polling.sweep;

import dev.automationengine.polling.subscription.FormSubscription;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When to look at the state of a form again, in this replica's memory: a form that is not due costs no query. A wrong
 * entry costs one query or a little delay, never a sweep: the states decide. Thread-safe.
 */
final class Agenda {
    private final Map<String, Instant> lookAgainAt = new ConcurrentHashMap<>();

    /** The forms to look at, longest waiting first, new ones before all. */
    List<FormSubscription> due(List<FormSubscription> forms, Instant now, int limit) {
        Set<String> keys = HashSet.newHashSet(forms.size());
        forms.forEach(form -> keys.add(form.key()));
        lookAgainAt.keySet().retainAll(keys);
        return forms.stream()
                .filter(form -> !at(form).isAfter(now))
                .sorted(Comparator.comparing(this::at))
                .limit(limit)
                .toList();
    }

    void lookAgain(FormSubscription form, Instant at) {
        lookAgainAt.put(form.key(), at);
    }

    private Instant at(FormSubscription form) {
        return lookAgainAt.getOrDefault(form.key(), Instant.MIN);
    }
}
