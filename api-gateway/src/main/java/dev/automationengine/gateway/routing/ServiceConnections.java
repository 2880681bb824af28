package dev.automationengine.gateway.routing;

import java.net.http.HttpClient;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.stereotype.Component;

/**
 * How services are called: all of them alike, with a certificate of the gateway's own where mutual TLS is configured.
 * Who calls them makes the client anew after a change of certificates, that is, starts anew.
 */
@Component
public class ServiceConnections {
    private final ProxyProperties properties;
    private final SslBundles bundles;

    ServiceConnections(ProxyProperties properties, SslBundles bundles) {
        this.properties = properties;
        this.bundles = bundles;
    }

    /** What a client of services begins with. */
    public HttpClient.Builder client() {
        HttpClient.Builder client = HttpClient.newBuilder()
                // The services speak HTTP/1.1; asking each for HTTP/2 first costs a header and gains nothing.
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER);
        return properties.sslBundle().isEmpty()
                ? client
                : client.sslContext(bundles.getBundle(properties.sslBundle()).createSslContext());
    }
}
