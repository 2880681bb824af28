package dev.automationengine.connectors.http;

import java.io.IOException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** Apache HttpClient 5, which takes its addresses from a resolver of ours: that is why it is not the JDK's client. */
final class Wire implements AutoCloseable {
    private static final TimeValue CONNECTION_LIFE = TimeValue.ofMinutes(5);
    private static final TimeValue CHECK_AFTER_IDLE = TimeValue.ofSeconds(1);
    private static final TimeValue CLOSE_AFTER_IDLE = TimeValue.ofSeconds(30);
    private static final int MAX_HEADERS = 100;
    private static final int MAX_HEADER_LINE = 16 * 1024;

    private final CloseableHttpClient client;
    private final AnswerReader answers;
    private final ScheduledThreadPoolExecutor deadlines;

    Wire(OutboundProperties properties, DnsResolver dns) {
        this.answers = new AnswerReader(Math.toIntExact(properties.maxAnswer().toBytes()), properties.contentTypes());
        this.deadlines = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("outbound-deadlines").factory());
        deadlines.setRemoveOnCancelPolicy(true);
        Timeout connecting = Timeout.of(properties.connectTimeout());
        this.client = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(dns)
                        .setMaxConnTotal(properties.maxConnections())
                        .setMaxConnPerRoute(properties.maxConnectionsPerHost())
                        .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                                .http1Config(Http1Config.custom()
                                        .setMaxHeaderCount(MAX_HEADERS)
                                        .setMaxLineLength(MAX_HEADER_LINE)
                                        .build())
                                .build())
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(connecting)
                                .setSocketTimeout(connecting)
                                .setTimeToLive(CONNECTION_LIFE)
                                .setValidateAfterInactivity(CHECK_AFTER_IDLE)
                                .build())
                        .build())
                .setUserAgent("automation-engine")
                // Whether a call is repeated is decided by the step's retry policy and effect mode, not down here.
                .disableAutomaticRetries()
                // See Redirects: each hop is a call of its own, checked like the first.
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .evictIdleConnections(CLOSE_AFTER_IDLE)
                .build();
    }

    Exchange exchange(OutboundRequest request) {
        HttpUriRequestBase message = message(request);
        AtomicBoolean late = new AtomicBoolean();
        ScheduledFuture<?> deadline = deadlines.schedule(
                () -> {
                    late.set(true);
                    message.abort();
                },
                request.timeout().toMillis(),
                TimeUnit.MILLISECONDS);
        try {
            return client.execute(message, response -> answers.read(response, message::abort));
        } catch (IOException | IllegalStateException e) {
            return late.get() ? Failures.late(request) : Failures.of(request, e);
        } finally {
            deadline.cancel(false);
        }
    }

    private static HttpUriRequestBase message(OutboundRequest request) {
        HttpUriRequestBase message = new HttpUriRequestBase(request.method(), request.url());
        Timeout timeout = Timeout.of(request.timeout());
        message.setConfig(RequestConfig.custom()
                .setConnectionRequestTimeout(timeout)
                .setResponseTimeout(timeout)
                // It would offer to change the protocol with every GET.
                .setProtocolUpgradeEnabled(false)
                .build());
        request.headers().forEach(message::setHeader);
        OutboundRequest.Body body = request.body();
        if (body != null) {
            // As a header like any other: the entity would want to know the charset.
            message.setHeader("Content-Type", body.contentType());
            message.setEntity(new ByteArrayEntity(body.bytes(), null));
        }
        return message;
    }

    @Override
    public void close() {
        deadlines.shutdownNow();
        client.close(CloseMode.IMMEDIATE);
    }
}
