package dev.automationengine.localstack.simulator;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** People who want no messages: those who blocked Telegram's bot, those who answered Twilio with STOP. Thread-safe. */
public final class OptOuts {
    private final Map<Vendor, Set<String>> people = new EnumMap<>(Vendor.class);

    OptOuts() {}

    /** From now on the vendor refuses messages to this chat or number. */
    public synchronized void add(Vendor vendor, String person) {
        people.computeIfAbsent(vendor, none -> new HashSet<>()).add(person);
    }

    synchronized void clear() {
        people.clear();
    }

    synchronized boolean contains(Vendor vendor, String person) {
        return people.getOrDefault(vendor, Set.of()).contains(person);
    }
}
