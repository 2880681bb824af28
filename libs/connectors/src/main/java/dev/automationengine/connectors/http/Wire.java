package dev.automationengine.connectors.http;

import dev.automationengine.connectors.http.Exchange.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.ContentType;
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
    private final int maxAnswer;
    private final ScheduledThreadPoolExecutor deadlines;

    Wire(OutboundProperties properties, DnsResolver dns) {
        this.maxAnswer = Math.toIntExact(properties.maxAnswer().toBytes());
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
                // A redirect could lead a secret elsewhere; the answer's status tells the author of the workflow.
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
            return client.execute(message, this::read);
        } catch (IOException | IllegalStateException e) {
            return late.get()
                    ? new Exchange.Unanswered(
                            Reason.TIMEOUT,
                            "no complete answer within " + request.timeout().toMillis() + " ms",
                            true,
                            null)
                    : unanswered(request, e);
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
                .build());
        request.headers().forEach(message::setHeader);
        OutboundRequest.Body body = request.body();
        if (body != null) {
            message.setEntity(new ByteArrayEntity(body.bytes(), ContentType.parse(body.contentType())));
        }
        return message;
    }

    private Exchange read(ClassicHttpResponse response) throws IOException {
        Map<String, String> headers = new HashMap<>();
        response.headerIterator()
                .forEachRemaining(header -> headers.merge(
                        header.getName().toLowerCase(Locale.ROOT),
                        header.getValue() == null ? "" : header.getValue(),
                        (one, other) -> one + ", " + other));
        if (response.getEntity() == null) {
            return new Exchange.Answered(response.getCode(), headers, new byte[0]);
        }
        try (InputStream in = response.getEntity().getContent()) {
            byte[] body = in.readNBytes(maxAnswer + 1);
            if (body.length > maxAnswer) {
                throw new AnswerTooLargeException();
            }
            return new Exchange.Answered(response.getCode(), headers, body);
        }
    }

    private Exchange unanswered(OutboundRequest request, Exception e) {
        String host = request.url().getHost();
        return switch (e) {
            case AnswerTooLargeException ignored ->
                failed(Reason.TOO_LARGE, "the answer is longer than " + maxAnswer + " bytes", true);
            case GuardedDns.BlockedHostException ignored ->
                failed(Reason.BLOCKED, host + " has no address that may be called", false);
            case UnknownHostException ignored -> failed(Reason.UNRESOLVED, "the name " + host + " is unknown", false);
            case ConnectTimeoutException ignored ->
                failed(Reason.NO_CONNECTION, "no connection to " + host + " in time", false);
            case ConnectionRequestTimeoutException ignored ->
                failed(Reason.NO_CONNECTION, "too many calls to " + host + " are under way", false);
            case ConnectException ignored -> failed(Reason.NO_CONNECTION, host + " refuses connections", false);
            case NoRouteToHostException ignored -> failed(Reason.NO_CONNECTION, "no way to " + host, false);
            case SSLHandshakeException ignored ->
                failed(Reason.NO_CONNECTION, "no secure connection to " + host + ": " + e.getMessage(), false);
            case SSLPeerUnverifiedException ignored ->
                failed(Reason.NO_CONNECTION, "no secure connection to " + host + ": " + e.getMessage(), false);
            case InterruptedIOException ignored -> failed(Reason.TIMEOUT, "no answer in time", true);
            default -> failed(Reason.BROKEN, "the connection to " + host + " broke before the answer came", true);
        };
    }

    private static Exchange failed(Reason reason, String detail, boolean sent) {
        return new Exchange.Unanswered(reason, detail, sent, null);
    }

    @Override
    public void close() {
        deadlines.shutdownNow();
        client.close(CloseMode.IMMEDIATE);
    }

    private static final class AnswerTooLargeException extends IOException {
        private static final long serialVersionUID = 1L;

        AnswerTooLargeException() {
            super("too large");
        }
    }
}
