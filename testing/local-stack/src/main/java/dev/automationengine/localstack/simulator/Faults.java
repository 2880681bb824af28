package dev.automationengine.localstack.simulator;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The faults that are switched on. Of several that fit a request the one set first happens. Thread-safe. */
public final class Faults {
    private final Map<Vendor, List<Armed>> armed = new EnumMap<>(Vendor.class);

    Faults() {}

    /** Switches one more fault on. */
    public synchronized void add(Vendor vendor, Fault fault) {
        armed.computeIfAbsent(vendor, none -> new ArrayList<>()).add(new Armed(fault));
    }

    /** Replaces all faults of a vendor. */
    public synchronized void set(Vendor vendor, List<Fault> faults) {
        clear(vendor);
        faults.forEach(fault -> add(vendor, fault));
    }

    /** Switches a vendor's faults off. */
    public synchronized void clear(Vendor vendor) {
        armed.remove(vendor);
    }

    /** Switches all faults off. */
    public synchronized void clear() {
        armed.clear();
    }

    /** How many faults of a vendor are on; one that was for N requests is off after the last of them. */
    public synchronized int active(Vendor vendor) {
        return armed.getOrDefault(vendor, List.of()).size();
    }

    Optional<Fault> take(Vendor vendor, String text) {
        return take(vendor, text, false);
    }

    /** Takes the fault that hits a text; for an item of a batch only one that names it. */
    synchronized Optional<Fault> take(Vendor vendor, String text, boolean named) {
        List<Armed> faults = armed.getOrDefault(vendor, List.of());
        Optional<Armed> hit =
                faults.stream().filter(fault -> fault.fits(text, named)).findFirst();
        hit.filter(Armed::spent).ifPresent(faults::remove);
        return hit.map(Armed::fault);
    }

    private static final class Armed {
        private final Fault fault;
        private int taken;

        Armed(Fault fault) {
            this.fault = fault;
        }

        Fault fault() {
            return fault;
        }

        boolean fits(String text, boolean named) {
            String match = fault.match();
            return match == null ? !named : text.contains(match);
        }

        boolean spent() {
            taken++;
            return fault.times() > 0 && taken >= fault.times();
        }
    }
}
