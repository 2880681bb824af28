package dev.automationengine.localstack.fleet;

import dev.automationengine.localstack.infrastructure.Ports;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Asks the processes whether they are ready. */
final class Readiness {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final FleetSettings settings;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    Readiness(FleetSettings settings) {
        this.settings = settings;
    }

    /** Whether the process serves: a service says so itself, of the others we see that they listen. */
    boolean isReady(Instance instance) {
        return instance.kind() == Member.Kind.SERVICE
                ? saysReady(instance)
                : Ports.isListening(settings.port(instance));
    }

    private boolean saysReady(Instance instance) {
        HttpRequest request = HttpRequest.newBuilder(settings.url(instance).resolve("/readyz"))
                .timeout(PATIENCE)
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
