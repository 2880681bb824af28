package dev.automationengine.localstack.simulator;

import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;

/** How many calls vendors take, per account, channel or chat as each counts: any number until a limit is set. Thread-safe. */
public final class CallRates {
    private final Map<Vendor, SendingRate> rates = new EnumMap<>(Vendor.class);

    CallRates(InstantSource clock) {
        for (Vendor vendor : Vendor.values()) {
            rates.put(vendor, new SendingRate(clock));
        }
    }

    /**
     * Limits a vendor's calls from now on.
     *
     * @param pause the time that each call takes out of the bucket; zero: no limit
     * @param burst calls that may come at once
     */
    public void allow(Vendor vendor, Duration pause, int burst) {
        of(vendor).allow(pause, burst);
    }

    void clear() {
        rates.values().forEach(rate -> rate.allow(Duration.ZERO, 0));
    }

    /** Whether one more call may come now; it counts if it may. */
    boolean take(Vendor vendor, String counted) {
        return of(vendor).take(counted);
    }

    private SendingRate of(Vendor vendor) {
        SendingRate rate = rates.get(vendor);
        if (rate == null) {
            throw new IllegalStateException("every vendor has a rate");
        }
        return rate;
    }
}
