package dev.automationengine.localstack.demo;

import java.util.Map;

/**
 * What somebody needs to try the engine: written to {@code .local/demo.json} by {@code ./engine up}.
 *
 * @param baseUrl the gateway
 * @param webhookUrl where Meta would send leads
 * @param metaAppSecret signs webhooks
 * @param metaVerifyToken shown in the handshake
 * @param organizationId the demo organization
 * @param apiKey its API key
 * @param ownerEmail who signs in as its owner
 * @param ownerPassword the owner's password
 * @param simulatorUrl the simulated third parties
 * @param graphUrl the simulated Graph API
 * @param crmUrl the simulated CRM
 * @param processes pid and port of each process, by name
 */
public record DemoFile(
        String baseUrl,
        String webhookUrl,
        String metaAppSecret,
        String metaVerifyToken,
        String organizationId,
        String apiKey,
        String ownerEmail,
        String ownerPassword,
        String simulatorUrl,
        String graphUrl,
        String crmUrl,
        Map<String, RunningProcess> processes) {
    /** Copies the processes. */
    public DemoFile {
        processes = Map.copyOf(processes);
    }

    DemoFile with(Map<String, RunningProcess> others) {
        return new DemoFile(
                baseUrl,
                webhookUrl,
                metaAppSecret,
                metaVerifyToken,
                organizationId,
                apiKey,
                ownerEmail,
                ownerPassword,
                simulatorUrl,
                graphUrl,
                crmUrl,
                others);
    }

    @Override
    public String toString() {
        return "DemoFile[" + organizationId + " at " + baseUrl + "]";
    }

    /**
     * A process.
     *
     * @param pid its process id
     * @param port what it listens on
     */
    public record RunningProcess(long pid, int port) {}
}
