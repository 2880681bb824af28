package dev.automationengine.benchmarks;

import dev.automationengine.localstack.fleet.Fleet;
import dev.automationengine.localstack.fleet.FleetSettings;
import dev.automationengine.localstack.fleet.ProcessView;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the processes of a fleet have used.
 *
 * @param byProcess cost by name
 */
record ProcessCosts(Map<String, Cost> byProcess) {
    /**
     * What one process has used.
     *
     * @param cpu processor time
     * @param residentBytes memory now
     */
    record Cost(Duration cpu, long residentBytes) {}

    static ProcessCosts now(FleetSettings settings) {
        Map<String, Cost> costs = new LinkedHashMap<>();
        for (ProcessView process : new Fleet(settings, line -> {}).status()) {
            costs.put(process.instance().label(), new Cost(process.cpu(), process.residentBytes()));
        }
        return new ProcessCosts(costs);
    }

    /** The processor time since an earlier moment, with the memory of now. Of a process that was restarted, since its start. */
    ProcessCosts since(ProcessCosts earlier) {
        Map<String, Cost> costs = new LinkedHashMap<>();
        byProcess.forEach((name, cost) -> {
            Cost before = earlier.byProcess.getOrDefault(name, new Cost(Duration.ZERO, 0));
            boolean restarted = cost.cpu().compareTo(before.cpu()) < 0;
            Duration used = restarted ? cost.cpu() : cost.cpu().minus(before.cpu());
            costs.put(name, new Cost(used, cost.residentBytes()));
        });
        return new ProcessCosts(costs);
    }
}
