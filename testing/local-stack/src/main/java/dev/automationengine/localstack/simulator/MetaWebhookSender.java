package dev.automationengine.localstack.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/**
 * Sends webhooks as Meta does. Bodies come from {@link MetaDelivery}; a delivery is one attempt, a repeat is for the
 * caller to do.
 */
public final class MetaWebhookSender implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final URI callbackUrl;
    private final String appSecret;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();

    /**
     * A sender to one callback URL.
     *
     * @param callbackUrl such as {@code http://127.0.0.1:8080/webhooks/meta}
     * @param appSecret what the deliveries are signed with
     */
    public MetaWebhookSender(URI callbackUrl, String appSecret) {
        this.callbackUrl = callbackUrl;
        this.appSecret = appSecret;
    }

    /** Delivers the notice of one lead, signed. */
    public HttpResponse<String> deliver(Lead lead) throws IOException, InterruptedException {
        return deliver(MetaDelivery.of(lead));
    }

    /** Delivers a body with both signatures, as Meta sends them. */
    public HttpResponse<String> deliver(byte[] body) throws IOException, InterruptedException {
        return deliver(
                body,
                Map.of(
                        "X-Hub-Signature-256", MetaSignature.sha256(appSecret, body),
                        "X-Hub-Signature", MetaSignature.sha1(appSecret, body)));
    }

    /** Delivers a body with these headers only: for absent, old or wrong signatures. */
    public HttpResponse<String> deliver(byte[] body, Map<String, String> headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(callbackUrl)
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .header("User-Agent", "facebookexternalua")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        return http.send(request.build(), BodyHandlers.ofString());
    }

    /** The handshake with which Meta checks a callback URL; the answer must be the bare challenge. */
    public HttpResponse<String> handshake(String verifyToken, String challenge)
            throws IOException, InterruptedException {
        URI url = URI.create(callbackUrl + "?hub.mode=subscribe&hub.challenge=" + URLEncoder.encode(challenge, UTF_8)
                + "&hub.verify_token=" + URLEncoder.encode(verifyToken, UTF_8));
        return http.send(HttpRequest.newBuilder(url).timeout(TIMEOUT).GET().build(), BodyHandlers.ofString());
    }

    @Override
    public void close() {
        http.shutdownNow();
        http.close();
    }
}
