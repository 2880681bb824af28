package dev.automationengine.logging.privacy;

import dev.automationengine.kit.background.BackgroundService;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Looks for requests that have to go on, from time to time. */
@Component
class SubjectSweep implements BackgroundService {
    private final SubjectRequests requests;
    private final PrivacyProperties properties;

    SubjectSweep(SubjectRequests requests, PrivacyProperties properties) {
        this.requests = requests;
        this.properties = properties;
    }

    @Override
    public String name() {
        return "subject-requests";
    }

    @Override
    public Duration round() {
        requests.sweep();
        return properties.sweepInterval();
    }
}
