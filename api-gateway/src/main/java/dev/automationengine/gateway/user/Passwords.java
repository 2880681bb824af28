package dev.automationengine.gateway.user;

import dev.automationengine.kit.problem.ProblemException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Hashes passwords with Argon2id (16 MB, 2 rounds: Spring Security's defaults, within what OWASP asks for). As many
 * run at a time as there are processors, so a flood of logins costs bounded memory; others wait, but not for long.
 */
@Component
public class Passwords {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(3);

    private final Argon2PasswordEncoder encoder = Argon2PasswordEncoder.defaultsForSpringSecurity_v5_8();
    private final String hashOfNobody =
            String.valueOf(encoder.encode(UUID.randomUUID().toString()));
    private final Semaphore processors = new Semaphore(Runtime.getRuntime().availableProcessors());
    private final Timer checks;

    Passwords(MeterRegistry meters) {
        this.checks = meters.timer("engine.gateway.password.checked");
    }

    /**
     * The hash of a new password.
     *
     * @throws ProblemException 503 if too many wait already
     */
    public String hash(String password) {
        return bounded(() -> String.valueOf(encoder.encode(password)));
    }

    /**
     * Whether this is the password. It takes as long for nobody's as for somebody's, so that the time does not tell
     * which addresses exist.
     *
     * @param password what was shown
     * @param hash what is stored; null if there is no such user
     * @throws ProblemException 503 if too many wait already
     */
    public boolean matches(String password, @Nullable String hash) {
        String against = hash == null ? hashOfNobody : hash;
        return bounded(() -> checks.record(() -> encoder.matches(password, against))) && hash != null;
    }

    /** Whether the hash was made with weaker settings than today's. */
    public boolean outdated(String hash) {
        return encoder.upgradeEncoding(hash);
    }

    private <T> T bounded(Supplier<T> work) {
        try {
            if (!processors.tryAcquire(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw ProblemException.unavailable("Too many are signing in. Try again.", LONGEST_WAIT, null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ProblemException.unavailable("The gateway stops. Try again.", LONGEST_WAIT, e);
        }
        try {
            return work.get();
        } finally {
            processors.release();
        }
    }
}
