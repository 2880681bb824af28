package dev.automationengine.localstack.simulator;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the vendors did for good: contacts made, messages sent, documents written. Tells whether something was done
 * twice. Thread-safe.
 */
public final class Effects {
    /** A test that makes more has lost count of what it does. */
    private static final int MAX = 500_000;

    private final List<CrmContact> contacts = new ArrayList<>();
    private final List<WhatsAppMessage> messages = new ArrayList<>();
    private final Map<Vendor, Map<String, String>> kept = new EnumMap<>(Vendor.class);
    private final Map<String, PutDocument> documents = new LinkedHashMap<>();

    Effects() {}

    /** The contacts that the CRM made, in order. */
    public synchronized List<CrmContact> contacts() {
        return List.copyOf(contacts);
    }

    /** The messages that WhatsApp accepted, in order. */
    public synchronized List<WhatsAppMessage> messages() {
        return List.copyOf(messages);
    }

    /** What a vendor keeps, in the order in which it came: the key that it knows a record by, and the newest JSON or form. */
    public synchronized Map<String, String> kept(Vendor vendor) {
        return new LinkedHashMap<>(kept.getOrDefault(vendor, Map.of()));
    }

    /** What was put at the echo, by path. */
    public synchronized Map<String, PutDocument> documents() {
        return new LinkedHashMap<>(documents);
    }

    /** Contacts made more than once, with their number, by e-mail address (by phone number where there is none). */
    public Map<String, Long> repeatedContacts() {
        return repeated(contacts(), contact -> contact.email().isEmpty() ? contact.phone() : contact.email());
    }

    /** Messages sent more than once, with their number, by receiver and content. */
    public Map<String, Long> repeatedMessages() {
        return repeated(messages(), message -> message.to() + " " + message.template() + " " + message.parameters());
    }

    /** Forgets all. */
    public synchronized void clear() {
        contacts.clear();
        messages.clear();
        documents.clear();
        kept.clear();
    }

    synchronized void add(CrmContact contact) {
        requireRoom(contacts.size());
        contacts.add(contact);
    }

    synchronized void add(WhatsAppMessage message) {
        requireRoom(messages.size());
        messages.add(message);
    }

    /** Keeps a record; whether there was none by that key. */
    synchronized boolean keep(Vendor vendor, String key, String content) {
        Map<String, String> records = kept.computeIfAbsent(vendor, none -> new LinkedHashMap<>());
        requireRoom(records.size());
        return records.put(key, content) == null;
    }

    /** Keeps a record if there is none by that key. */
    synchronized void keepFirst(Vendor vendor, String key, String content) {
        Map<String, String> records = kept.computeIfAbsent(vendor, none -> new LinkedHashMap<>());
        requireRoom(records.size());
        records.putIfAbsent(key, content);
    }

    synchronized void put(String path, String body) {
        requireRoom(documents.size());
        documents.merge(path, PutDocument.first(body), (before, now) -> before.then(body));
    }

    private static void requireRoom(int size) {
        if (size >= MAX) {
            throw new IllegalStateException("the ledger of effects is full (" + MAX + "): reset the simulators");
        }
    }

    private static <T> Map<String, Long> repeated(List<T> all, Function<T, String> what) {
        Map<String, Long> counts =
                all.stream().collect(Collectors.groupingBy(what, HashMap::new, Collectors.counting()));
        counts.values().removeIf(count -> count == 1);
        return counts;
    }
}
