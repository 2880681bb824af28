package dev.automationengine.localstack.demo;

import dev.automationengine.localstack.fleet.FleetSettings;
import dev.automationengine.localstack.fleet.Member;
import dev.automationengine.localstack.fleet.ProcessView;
import dev.automationengine.localstack.fleet.Secrets;
import dev.automationengine.localstack.fleet.StateFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The organization that a local engine comes with. */
public final class DemoOrganization {
    private final FleetSettings settings;
    private final Secrets secrets;
    private final Path file;

    /** Touches nothing yet. */
    public DemoOrganization(FleetSettings settings, Secrets secrets) {
        this.settings = settings;
        this.secrets = secrets;
        this.file = settings.state().resolve("demo.json");
    }

    /**
     * Creates the organization unless it is there, and writes the demo file.
     *
     * @param processes what runs now
     */
    public DemoFile ensure(List<ProcessView> processes) {
        Account account = known().orElseGet(this::create);
        String gateway = settings.url(Member.API_GATEWAY).toString();
        String simulators = settings.url(Member.SIMULATORS).toString();
        DemoFile demo = new DemoFile(
                gateway,
                gateway + "/webhooks/meta",
                secrets.metaAppSecret(),
                secrets.metaVerifyToken(),
                account.organizationId(),
                account.apiKey(),
                account.ownerEmail(),
                secrets.ownerPassword(),
                simulators,
                simulators + "/graph",
                simulators + "/crm",
                running(processes));
        StateFiles.writeJson(file, demo);
        return demo;
    }

    /** Writes the process ids of now into the demo file, if there is one. */
    public void refresh(List<ProcessView> processes) {
        StateFiles.readJson(file, DemoFile.class)
                .ifPresent(demo -> StateFiles.writeJson(file, demo.with(running(processes))));
    }

    private static Map<String, DemoFile.RunningProcess> running(List<ProcessView> processes) {
        return processes.stream()
                .collect(Collectors.toMap(
                        view -> view.instance().label(), view -> new DemoFile.RunningProcess(view.pid(), view.port())));
    }

    /** The organization of an earlier start, if the gateway still knows its key: its data may have been removed. */
    private Optional<Account> known() {
        return StateFiles.readJson(file, DemoFile.class)
                // One of before there were users is made anew.
                .filter(demo -> demo.ownerEmail() != null)
                .map(demo -> new Account(demo.organizationId(), demo.apiKey(), demo.ownerEmail()))
                .filter(account -> client(account.apiKey()).isAuthorized("/v1/api-keys"));
    }

    private Account create() {
        // An address of its own: the owner of a demo whose file was lost is still there.
        String owner = "owner-" + UUID.randomUUID().toString().substring(0, 8) + "@demo.example";
        Map<String, Object> wanted = Map.of(
                "name",
                "Demo",
                "owner",
                Map.of("email", owner, "name", "Demo owner", "password", secrets.ownerPassword()));
        JsonNode created = client(secrets.bootstrapToken()).post("/v1/organizations", wanted, 201);
        return new Account(
                created.path("organization").path("id").asString(),
                created.path("api_key").path("key").asString(),
                owner);
    }

    private EngineClient client(String token) {
        return new EngineClient(settings.url(Member.API_GATEWAY), token);
    }

    private record Account(String organizationId, String apiKey, String ownerEmail) {}
}
