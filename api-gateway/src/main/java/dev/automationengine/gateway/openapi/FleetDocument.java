package dev.automationengine.gateway.openapi;

import dev.automationengine.gateway.routing.RouteProperties;
import dev.automationengine.gateway.routing.ServiceConnections;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.Environment;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The document of the fleet. It is put together when somebody asks and it has grown old; a service that is away leaves
 * the part that it had last. One that this gateway never heard is named in {@code x-missing-services}.
 */
@Component
class FleetDocument {
    private static final Logger log = LoggerFactory.getLogger(FleetDocument.class);
    private static final String OWN = "gateway";

    private final Map<String, URI> services;
    private final Environment environment;
    private final RestClient client;
    private final JsonMapper json;
    private final OpenApiProperties properties;
    private final InstantSource clock;
    private final MeterRegistry meters;
    private final Map<String, JsonNode> parts = new ConcurrentHashMap<>();
    private final ReentrantLock refreshing = new ReentrantLock();
    private volatile @Nullable Made made;

    FleetDocument(
            RouteProperties routes,
            ServiceConnections connections,
            Environment environment,
            JsonMapper json,
            OpenApiProperties properties,
            InstantSource clock,
            MeterRegistry meters) {
        Map<String, URI> known = new LinkedHashMap<>();
        known.put("dispatcher", routes.dispatcher());
        known.put("logging", routes.logging());
        known.put("polling", routes.polling());
        known.put("scheduler", routes.scheduler());
        known.put("trigger", routes.trigger());
        known.put("worker", routes.worker());
        this.services = known;
        this.environment = environment;
        this.json = json;
        this.properties = properties;
        this.clock = clock;
        this.meters = meters;
        JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(
                connections.client().connectTimeout(properties.timeout()).build());
        requests.setReadTimeout(properties.timeout());
        this.client = RestClient.builder().requestFactory(requests).build();
    }

    /** The document, at most as old as configured. */
    ObjectNode get() {
        refreshing.lock();
        try {
            Made last = made;
            Instant now = clock.instant();
            if (last == null || last.at().plus(properties.refresh()).isBefore(now)) {
                last = new Made(make(), now);
                made = last;
            }
            return last.document();
        } finally {
            refreshing.unlock();
        }
    }

    private ObjectNode make() {
        Map<String, URI> all = new LinkedHashMap<>();
        all.put(OWN, URI.create("http://localhost:" + environment.getRequiredProperty("local.server.port")));
        all.putAll(services);
        all.forEach(this::ask);
        Map<String, JsonNode> known = new LinkedHashMap<>();
        all.keySet().stream().filter(parts::containsKey).forEach(name -> known.put(name, parts.get(name)));
        ObjectNode document = new DocumentMerge(json).merge(known);
        TreeSet<String> missing = new TreeSet<>(all.keySet());
        missing.removeAll(known.keySet());
        if (!missing.isEmpty()) {
            document.set("x-missing-services", json.valueToTree(missing));
        }
        return document;
    }

    private void ask(String name, URI service) {
        try {
            String text = client.get().uri(service + "/v3/api-docs").retrieve().body(String.class);
            if (text != null) {
                JsonNode part = json.readTree(text);
                if (part.path("paths").isObject()) {
                    parts.put(name, part);
                }
            }
        } catch (RestClientException | JacksonException e) {
            meters.counter("engine.gateway.openapi.failed", "service", name).increment();
            log.warn("The OpenAPI document of {} cannot be read: its last known part stays", name, e);
        }
    }

    private record Made(ObjectNode document, Instant at) {}
}
