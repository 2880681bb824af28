package dev.automationengine.benchmarks;

import dev.automationengine.localstack.demo.DemoFile;
import dev.automationengine.localstack.demo.EngineClient;
import dev.automationengine.localstack.simulator.Lead;
import dev.automationengine.localstack.simulator.MetaDelivery;
import dev.automationengine.localstack.simulator.MetaWebhookSender;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Announces leads to a fleet by signed webhooks. */
final class LeadLoad {
    private static final int ACCEPTED = 200;
    private static final int BATCH = 200;

    private final DemoFile fleet;
    private final EngineClient simulators;
    private final BenchLeads leads;

    LeadLoad(DemoFile fleet, BenchLeads leads) {
        this.fleet = fleet;
        this.simulators = new EngineClient(URI.create(fleet.simulatorUrl()), "");
        this.leads = leads;
    }

    /** Registers the leads, announces them on time, and returns when all announcements have been answered. */
    Sent run(OpenLoop loop) {
        List<Lead> load = leads.next(loop.calls());
        register(load);
        ConcurrentMap<String, Instant> intended = new ConcurrentHashMap<>();
        ConcurrentMap<String, Instant> accepted = new ConcurrentHashMap<>();
        try (MetaWebhookSender meta = new MetaWebhookSender(URI.create(fleet.webhookUrl()), fleet.metaAppSecret())) {
            Instant begin = Instant.now();
            for (int i = 0; i < load.size(); i++) {
                intended.put(load.get(i).id(), begin.plusNanos(loop.startOf(i)));
            }
            loop.run(i -> {
                if (isAccepted(meta, load.get(i))) {
                    accepted.put(load.get(i).id(), Instant.now());
                }
            });
        }
        return new Sent(intended, accepted);
    }

    private void register(List<Lead> load) {
        for (int from = 0; from < load.size(); from += BATCH) {
            List<Lead> batch = load.subList(from, Math.min(load.size(), from + BATCH));
            simulators.put(
                    "/control/leads",
                    Map.of("leads", batch.stream().map(BenchLeads::registration).toList()));
        }
    }

    private static boolean isAccepted(MetaWebhookSender meta, Lead lead) {
        try {
            return meta.deliver(MetaDelivery.of(lead)).statusCode() == ACCEPTED;
        } catch (IOException unanswered) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
