package dev.automationengine.localstack.fleet;

import dev.automationengine.localstack.infrastructure.Ports;
import dev.automationengine.localstack.simulator.Vendor;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** The variables that the services read (docs/architecture.md). */
final class ServiceEnvironment {
    private static final String DATABASE = "automation";

    private final FleetSettings settings;
    private final Secrets secrets;

    ServiceEnvironment(FleetSettings settings, Secrets secrets) {
        this.settings = settings;
        this.secrets = secrets;
    }

    Map<String, String> of(Instance instance) {
        Map<String, String> environment = new HashMap<>();
        // Many threads, few allocations outside of the heap: more arenas only hold memory back.
        environment.put("MALLOC_ARENA_MAX", "2");
        if (instance.kind() != Member.Kind.SERVICE) {
            return environment;
        }
        environment.put("ENGINE_PORT", Integer.toString(settings.port(instance)));
        FleetSettings.External addresses = addresses();
        environment.put("ENGINE_KAFKA", addresses.kafka());
        environment.put("ENGINE_REDIS", addresses.redis());
        environment.put("ENGINE_MONGODB", addresses.mongodb());
        // Off for benchmarks: it reads every command.
        environment.put("ENGINE_MONGO_GUARD", System.getenv().getOrDefault("ENGINE_MONGO_GUARD", "fail"));
        environment.put("ENGINE_INTERNAL_TOKEN_KEYS", secrets.internalTokenKey());
        environment.put("ENGINE_ACCESS_TOKEN_KEYS", secrets.accessTokenKey());
        environment.put("ENGINE_RESUME_KEYS", secrets.resumeKey());
        environment.put("ENGINE_PUBLIC_URL", settings.url(Member.API_GATEWAY).toString());
        environment.put("ENGINE_MASTER_KEY", secrets.masterKey());
        environment.put("ENGINE_BOOTSTRAP_TOKEN", secrets.bootstrapToken());
        environment.put("ENGINE_META_APP_SECRETS", secrets.metaAppSecret());
        environment.put("ENGINE_META_VERIFY_TOKEN", secrets.metaVerifyToken());
        environment.put("ENGINE_META_GRAPH_URL", settings.url(Member.SIMULATORS) + "/graph");
        environment.put("SPRING_APPLICATION_JSON", JsonMapper.shared().writeValueAsString(connectorSettings()));
        environment.put("ENGINE_OUTBOUND_ALLOWED_NETWORKS", Ports.HOST + "/32");
        for (Member service : Member.of(Member.Kind.SERVICE)) {
            String name = service.label().replace("-service", "").toUpperCase(Locale.ROOT);
            environment.put(
                    "ENGINE_URL_" + name.replace('-', '_'),
                    settings.url(service).toString());
        }
        return environment;
    }

    /** The third parties are the simulators. */
    private Map<String, String> connectorSettings() {
        Map<String, String> urls = new TreeMap<>();
        Stream.of(Vendor.HUBSPOT, Vendor.SLACK, Vendor.TELEGRAM, Vendor.TWILIO, Vendor.PIPEDRIVE, Vendor.SENDGRID)
                .forEach(vendor -> urls.put(vendor.label() + "_url", vendor.label()));
        List.of("google_sheets_url", "google_token_url").forEach(name -> urls.put(name, Vendor.GOOGLE.label()));
        Map<String, String> overrides = new TreeMap<>();
        List.of("engine.worker", "engine.polling.sources")
                .forEach(owner -> urls.forEach((name, path) -> overrides.put(
                        owner + ".connector-settings.[" + name + "]", settings.url(Member.SIMULATORS) + "/" + path)));
        return overrides;
    }

    private FleetSettings.External addresses() {
        FleetSettings.External external = settings.external();
        return external != null
                ? external
                : new FleetSettings.External(
                        Ports.HOST + ":" + settings.port(Member.KAFKA),
                        "redis://" + Ports.HOST + ":" + settings.port(Member.REDIS),
                        "mongodb://" + Ports.HOST + ":" + settings.port(Member.MONGODB) + "/" + DATABASE);
    }
}
