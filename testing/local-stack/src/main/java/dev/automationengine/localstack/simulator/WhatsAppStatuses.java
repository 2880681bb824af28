package dev.automationengine.localstack.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tells a business by webhooks, some time after a message was accepted, what became of it. As it starts, nobody is told.
 * A delivery that is not answered by 200 is repeated, with growing pauses, as Meta does. Thread-safe.
 *
 * @see <a href="https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages/status">Meta:
 *     status messages webhooks</a>
 */
public final class WhatsAppStatuses implements AutoCloseable {
    private static final int MOST_TRIES = 12;

    private final Map<String, Failure> failures = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().factory());
    private final ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor();
    private volatile @Nullable Plan plan;

    WhatsAppStatuses() {}

    /**
     * Who is told, and how.
     *
     * @param callbackUrl the app's callback
     * @param appSecret what deliveries are signed with
     * @param statuses in the order in which they are sent: Meta promises none, and may leave out {@code delivered}
     * @param delay between acceptance and the first status, and between two
     * @param twice whether each comes twice, as happens
     */
    public record Plan(URI callbackUrl, String appSecret, List<String> statuses, Duration delay, boolean twice) {
        /** Copies the statuses. */
        public Plan {
            statuses = List.copyOf(statuses);
        }
    }

    private record Failure(int code, String details) {}

    /** Tells of all messages that are accepted from now on. */
    public void tell(Plan newPlan) {
        plan = newPlan;
    }

    /** Messages to this number are accepted, and fail later: the asynchronous form of an error. */
    public void fails(String number, int code, String details) {
        failures.put(WhatsApp.digits(number), new Failure(code, details));
    }

    void clear() {
        plan = null;
        failures.clear();
    }

    void accepted(WhatsAppMessage message) {
        Plan current = plan;
        if (current == null) {
            return;
        }
        Failure failure = failures.get(WhatsApp.digits(message.to()));
        List<String> statuses = failure == null ? current.statuses() : List.of("failed");
        for (int place = 0; place < statuses.size(); place++) {
            byte[] body = body(message, statuses.get(place), failure);
            long delay = current.delay().multipliedBy(place + 1L).toMillis();
            later(current, body, delay, 1);
            if (current.twice()) {
                later(current, body, delay, 1);
            }
        }
    }

    private void later(Plan current, byte[] body, long delayMillis, int attempt) {
        timer.schedule(
                () -> senders.execute(() -> send(current, body, delayMillis, attempt)),
                delayMillis,
                TimeUnit.MILLISECONDS);
    }

    private void send(Plan current, byte[] body, long delayMillis, int attempt) {
        boolean taken = false;
        try (MetaWebhookSender sender = new MetaWebhookSender(current.callbackUrl(), current.appSecret())) {
            taken = sender.deliver(body).statusCode() == 200;
        } catch (IOException away) {
            taken = false;
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            return;
        }
        // A plan that has been replaced is over, with all that it still had to tell.
        if (!taken && attempt < MOST_TRIES && current.equals(plan)) {
            later(current, body, Math.max(100, delayMillis * 2), attempt + 1);
        }
    }

    private static byte[] body(WhatsAppMessage message, String status, @Nullable Failure failure) {
        ObjectNode body = Json.object().put("object", "whatsapp_business_account");
        ObjectNode change = body.putArray("entry")
                .addObject()
                .put("id", "102290129340398")
                .putArray("changes")
                .addObject()
                .put("field", "messages");
        ObjectNode value = change.putObject("value").put("messaging_product", "whatsapp");
        value.putObject("metadata")
                .put("display_phone_number", "15550783881")
                .put("phone_number_id", message.phoneNumberId());
        ObjectNode told = value.putArray("statuses")
                .addObject()
                .put("id", message.id())
                .put("status", status)
                .put("timestamp", Long.toString(Instant.now().getEpochSecond()))
                .put("recipient_id", WhatsApp.digits(message.to()));
        if (!message.callbackData().isEmpty()) {
            told.put("biz_opaque_callback_data", message.callbackData());
        }
        if (failure != null) {
            told.putArray("errors")
                    .addObject()
                    .put("code", failure.code())
                    .put("title", failure.details())
                    .putObject("error_data")
                    .put("details", failure.details());
        }
        return body.toString().getBytes(UTF_8);
    }

    @Override
    public void close() {
        plan = null;
        timer.shutdownNow();
        senders.shutdownNow();
    }
}
