package dev.automationengine.localstack.load;

import dev.automationengine.localstack.demo.EngineClient;
import dev.automationengine.localstack.simulator.Lead;
import dev.automationengine.localstack.simulator.MetaDelivery;
import dev.automationengine.localstack.simulator.MetaWebhookSender;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;

/** Announces leads to a fleet by signed webhooks. */
public final class LeadLoad {
    private static final int ACCEPTED = 200;
    private static final int BATCH = 200;
    private static final Duration BETWEEN_REPEATS = Duration.ofSeconds(1);

    private final Target target;
    private final EngineClient simulators;
    private final LeadSeries leads;
    private final Duration patience;

    /**
     * Sends nothing yet.
     *
     * @param target the fleet
     * @param leads what is announced
     * @param patience how long a webhook that was not answered with 200 is sent again, once a second; Meta does so for
     *     36 hours; zero: each is sent once
     */
    public LeadLoad(Target target, LeadSeries leads, Duration patience) {
        this.target = target;
        this.simulators = new EngineClient(target.simulators(), "");
        this.leads = leads;
        this.patience = patience;
    }

    /**
     * Where leads go.
     *
     * @param webhook the URL that Meta calls
     * @param appSecret signs the webhooks
     * @param simulators the simulated third parties
     */
    public record Target(URI webhook, String appSecret, URI simulators) {
        @Override
        public String toString() {
            return "Target[" + webhook + "]";
        }
    }

    /** Registers the leads, announces them on time, and returns when all announcements have been answered. */
    public Sent run(OpenLoop loop) {
        return run(loop, lead -> true);
    }

    /**
     * As {@link #run(OpenLoop)}, until it is told to end.
     *
     * @param goOn is asked with the number of each lead, from 0, when its time has come
     */
    public Sent run(OpenLoop loop, IntPredicate goOn) {
        List<Lead> load = leads.next(loop.calls());
        register(load);
        ConcurrentMap<String, Instant> intended = new ConcurrentHashMap<>();
        ConcurrentMap<String, Instant> accepted = new ConcurrentHashMap<>();
        try (MetaWebhookSender meta = new MetaWebhookSender(target.webhook(), target.appSecret())) {
            Instant begin = Instant.now();
            loop.run(
                    i -> {
                        Lead lead = load.get(i);
                        intended.put(lead.id(), begin.plusNanos(loop.startOf(i)));
                        if (isAccepted(meta, lead)) {
                            accepted.put(lead.id(), Instant.now());
                        }
                    },
                    goOn);
        }
        return new Sent(intended, accepted);
    }

    private void register(List<Lead> load) {
        for (int from = 0; from < load.size(); from += BATCH) {
            List<Lead> batch = load.subList(from, Math.min(load.size(), from + BATCH));
            simulators.put(
                    "/control/leads",
                    Map.of("leads", batch.stream().map(LeadSeries::registration).toList()));
        }
    }

    private boolean isAccepted(MetaWebhookSender meta, Lead lead) {
        long end = System.nanoTime() + patience.toNanos();
        boolean accepted = isAnswered(meta, lead);
        while (!accepted && System.nanoTime() < end && paused()) {
            accepted = isAnswered(meta, lead);
        }
        return accepted;
    }

    private static boolean isAnswered(MetaWebhookSender meta, Lead lead) {
        try {
            return meta.deliver(MetaDelivery.of(lead)).statusCode() == ACCEPTED;
        } catch (IOException unanswered) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean paused() {
        try {
            TimeUnit.NANOSECONDS.sleep(BETWEEN_REPEATS.toNanos());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
