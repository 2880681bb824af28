package dev.automationengine.trigger.meta;

import dev.automationengine.connectors.meta.MetaHmac;
import dev.automationengine.kit.problem.Problem;
import dev.automationengine.kit.problem.ProblemException;
import dev.automationengine.kit.trace.Traces;
import dev.automationengine.model.event.InboundMessage;
import dev.automationengine.trigger.intake.BodyReader;
import dev.automationengine.trigger.intake.InboundIntake;
import io.micrometer.core.instrument.MeterRegistry;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Where a lead enters: the URL that is registered with Meta. */
@RestController
@RequestMapping("/webhooks/meta")
class MetaWebhookController {
    private final MetaProperties properties;
    private final MetaSignatures signatures;
    private final BodyReader bodies;
    private final InboundIntake intake;
    private final Traces traces;
    private final InstantSource clock;
    private final MeterRegistry meters;

    MetaWebhookController(
            MetaProperties properties,
            MetaSignatures signatures,
            BodyReader bodies,
            InboundIntake intake,
            Traces traces,
            InstantSource clock,
            MeterRegistry meters) {
        this.properties = properties;
        this.signatures = signatures;
        this.bodies = bodies;
        this.intake = intake;
        this.traces = traces;
        this.clock = clock;
        this.meters = meters;
    }

    /** The handshake: echoes the challenge to whoever knows the verify token. */
    @Operation(operationId = "verifyMetaWebhook", summary = "The handshake of Meta: echoes the challenge")
    @GetMapping(produces = MediaType.TEXT_PLAIN_VALUE)
    String verify(
            @RequestParam("hub.mode") String mode,
            @RequestParam("hub.verify_token") String token,
            @RequestParam("hub.challenge") String challenge) {
        if (!mode.equals("subscribe") || !sameText(token, properties.verifyToken())) {
            throw new ProblemException(Problem.FORBIDDEN, "The verify token is not the one that is configured.");
        }
        return challenge;
    }

    /** A delivery: 200 once Kafka has it. Meta repeats whatever gets another answer, for 36 hours. */
    @Operation(operationId = "deliverMetaWebhook", summary = "A delivery of Meta, signed: 200 once it is stored")
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            required = true,
            content = @Content(mediaType = "application/json", schema = @Schema(type = "object")))
    @PostMapping
    void deliver(
            @RequestHeader(name = "X-Hub-Signature-256", required = false) @Nullable String signature,
            HttpServletRequest request) {
        byte[] body = bodies.read(request, properties.maxBody());
        if (!signatures.valid(body, signature)) {
            meters.counter("engine.trigger.deliveries", "result", "bad_signature")
                    .increment();
            throw new ProblemException(
                    Problem.INVALID_SIGNATURE, "X-Hub-Signature-256 is not the signature of this body.");
        }
        bodies.requireJson(body);
        intake.accept(new InboundMessage.MetaDelivery(
                id(body), clock.instant(), new String(body, StandardCharsets.UTF_8), traces.traceparent()));
        meters.counter("engine.trigger.deliveries", "result", "accepted").increment();
    }

    private static String id(byte[] body) {
        return HexFormat.of().formatHex(MetaHmac.of("meta-delivery", body), 0, 16);
    }

    private static boolean sameText(String a, String b) {
        return MessageDigest.isEqual(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }
}
