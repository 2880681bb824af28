package dev.automationengine.gateway.audit;

import dev.automationengine.gateway.access.Caller;
import dev.automationengine.gateway.login.NetworkAddress;
import dev.automationengine.gateway.login.SignInEvent;
import dev.automationengine.kit.problem.ProblemException;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.TaskRejectedException;
import org.springframework.dao.DataAccessException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Records who signs in and out, in one record each: these requests come without a token, so {@link AuditInterceptor} does
 * not know whose they are. A session that cannot be recorded does not begin.
 */
@Component
class SignInRecords implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SignInRecords.class);
    private static final Duration TRY_AGAIN = Duration.ofSeconds(2);
    private static final int MOST_AT_ONCE = 64;
    private static final long PATIENCE_MILLIS = 2_000;

    /** In place of a method: a provider was signed in to, not we; any request may be the first to tell. */
    private static final String BY_PROVIDER = "SIGN_IN";

    private final AuditLog audit;
    private final NetworkAddress network;
    private final InstantSource clock;
    private final MeterRegistry meters;
    private final SimpleAsyncTaskExecutor beside = new SimpleAsyncTaskExecutor("refused-sign-in-");

    SignInRecords(AuditLog audit, NetworkAddress network, InstantSource clock, MeterRegistry meters) {
        this.audit = audit;
        this.network = network;
        this.clock = clock;
        this.meters = meters;
        beside.setVirtualThreads(true);
        beside.setConcurrencyLimit(MOST_AT_ONCE);
        beside.setRejectTasksWhenLimitReached(true);
        beside.setTaskTerminationTimeout(PATIENCE_MILLIS);
    }

    @EventListener
    void heard(SignInEvent event) {
        boolean recordedAlready = SecurityContextHolder.getContext().getAuthentication() != null
                && SecurityContextHolder.getContext().getAuthentication().getDetails() instanceof Caller;
        if (recordedAlready
                || !(RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes)) {
            return;
        }
        AuditEntry entry = entry(event, attributes.getRequest());
        switch (event.kind()) {
            case SIGNED_IN, SIGNED_OUT, REFRESH_REUSED -> appendOrRefuse(event, entry);
            // Beside the answer: else its time would tell whether an address has an account.
            case REFUSED -> appendBeside(event, entry);
        }
    }

    private AuditEntry entry(SignInEvent event, HttpServletRequest request) {
        return new AuditEntry(
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                event.user().value(),
                null,
                event.provider() == null ? request.getMethod() : BY_PROVIDER,
                event.provider() == null ? request.getRequestURI() : event.provider(),
                network.of(request),
                null,
                status(event.kind()));
    }

    private static int status(SignInEvent.Kind kind) {
        return switch (kind) {
            case SIGNED_IN -> 200;
            case SIGNED_OUT -> 204;
            case REFUSED, REFRESH_REUSED -> 401;
        };
    }

    private void appendOrRefuse(SignInEvent event, AuditEntry entry) {
        try {
            audit.append(event.org(), entry);
        } catch (DataAccessException e) {
            failed();
            throw ProblemException.unavailable("It cannot be recorded, so it was not done.", TRY_AGAIN, e);
        }
    }

    private void appendBeside(SignInEvent event, AuditEntry entry) {
        try {
            beside.execute(() -> appendIfPossible(event, entry));
        } catch (TaskRejectedException e) {
            failed();
            log.atWarn().addKeyValue("org_id", event.org()).log("A refused sign-in is not recorded: too many at once");
        }
    }

    private void appendIfPossible(SignInEvent event, AuditEntry entry) {
        try {
            audit.append(event.org(), entry);
        } catch (RuntimeException e) {
            failed();
            log.atWarn().addKeyValue("org_id", event.org()).setCause(e).log("A refused sign-in is not recorded");
        }
    }

    private void failed() {
        meters.counter("engine.gateway.audit.failed", "record", "sign_in").increment();
    }

    @Override
    public void close() {
        beside.close();
    }
}
