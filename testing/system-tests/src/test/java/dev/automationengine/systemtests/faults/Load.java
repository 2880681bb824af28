package dev.automationengine.systemtests.faults;

import static org.awaitility.Awaitility.await;

import dev.automationengine.localstack.load.LeadLoad;
import dev.automationengine.localstack.load.LeadSeries;
import dev.automationengine.localstack.load.OpenLoop;
import dev.automationengine.localstack.load.Sent;
import dev.automationengine.systemtests.fleet.Fleet;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;

/**
 * Leads at a steady rate, from before a fault until after it. Who sends them does as Meta does: what was not answered
 * with 200 is sent again.
 */
final class Load {
    private static final Duration LONGEST = Duration.ofMinutes(6);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final double rate;
    private final CompletableFuture<Sent> sent;
    private volatile int due;
    private volatile int last = Integer.MAX_VALUE;

    private Load(Fleet fleet, double rate, String pageId, List<String> formIds) {
        this.rate = rate;
        LeadLoad leads = new LeadLoad(
                new LeadLoad.Target(
                        fleet.webhook(), fleet.text("meta_app_secret"), URI.create(fleet.text("simulator_url"))),
                new LeadSeries(pageId, formIds, Instant.now()),
                PATIENCE);
        this.sent = CompletableFuture.supplyAsync(
                () -> leads.run(new OpenLoop(rate, LONGEST), this::goesOn),
                Executors.newVirtualThreadPerTaskExecutor());
    }

    static Load start(Fleet fleet, double rate, String pageId, List<String> formIds) {
        return new Load(fleet, rate, pageId, formIds);
    }

    /** Waits while as many leads come as come in so many seconds. */
    void awaitSeconds(int seconds) {
        awaitDue(due + (int) Math.ceil(seconds * rate));
    }

    /** Goes on until so many leads have been announced, then ends, and returns when all were accepted or given up. */
    Sent end(int atLeast) {
        last = Math.max(atLeast, due + 1);
        return sent.join();
    }

    /** Waits until so many leads had to be announced. */
    void awaitDue(int leads) {
        await().atMost(LONGEST).pollInterval(Duration.ofMillis(20)).until(() -> due >= leads || sent.isDone());
        if (sent.isDone()) {
            throw new IllegalStateException("the load ended before the fault did: "
                    + sent.join().accepted().size());
        }
    }

    private boolean goesOn(int lead) {
        due = lead;
        return lead < last;
    }
}
