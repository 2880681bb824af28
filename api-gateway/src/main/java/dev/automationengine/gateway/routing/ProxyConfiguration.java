package dev.automationengine.gateway.routing;

import java.net.http.HttpClient;
import java.util.concurrent.Executors;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.cloud.gateway.server.mvc.config.GatewayMvcProperties;
import org.springframework.cloud.gateway.server.mvc.handler.RestClientProxyExchange;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/** How requests travel on to the services. */
@Configuration(proxyBeanMethods = false)
class ProxyConfiguration {
    /** Below the 10 s after which the services close idle connections: none is used that is about to be closed. */
    private static final String KEEP_ALIVE_SECONDS = "8";

    static {
        // The JDK reads it once, before the first client is made.
        System.setProperty("jdk.httpclient.keepalive.timeout", KEEP_ALIVE_SECONDS);
    }

    @Bean
    RestClientProxyExchange proxyExchange(
            RestClient.Builder builder,
            ServiceConnections connections,
            ProxyProperties properties,
            GatewayMvcProperties gateway) {
        HttpClient client = connections
                .client()
                .connectTimeout(properties.connectTimeout())
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
        JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(client);
        requests.setReadTimeout(properties.responseTimeout());
        return new RestClientProxyExchange(builder.requestFactory(requests).build(), gateway);
    }

    /**
     * The servlet API lets anybody who asks for a parameter consume a form's body, and the gateway asks for the query's
     * parameters. Told that no method has such bodies, Tomcat reads the query alone.
     */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> formsStayUnread() {
        return factory -> factory.addConnectorCustomizers(connector -> connector.setParseBodyMethods(""));
    }
}
