package dev.automationengine.gateway.retention;

import dev.automationengine.gateway.organization.Organizations;
import dev.automationengine.gateway.organization.PlanChange;
import dev.automationengine.kit.problem.FieldError;
import dev.automationengine.kit.problem.Problem;
import dev.automationengine.kit.problem.ProblemException;
import dev.automationengine.kit.retention.Kept;
import dev.automationengine.kit.retention.RetentionSettings;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.organization.Plan;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What organizations say about how long their data is kept. */
@Component
class OrganizationRetention implements PlanChange {
    private final RetentionStore store;
    private final Organizations organizations;
    private final RetentionLimits limits;
    private final InstantSource clock;

    OrganizationRetention(
            RetentionStore store, Organizations organizations, RetentionLimits limits, InstantSource clock) {
        this.store = store;
        this.organizations = organizations;
        this.limits = limits;
        this.clock = clock;
    }

    RetentionView view(OrgId org) {
        return RetentionView.of(store.find(org), mostDays(org));
    }

    /**
     * Says it for all collections; of those that are not named the installation says.
     *
     * @throws ProblemException 400 with every collection that is unknown or whose days are not within the limits
     */
    RetentionView replace(OrgId org, Map<String, @Nullable Integer> days) {
        int most = mostDays(org);
        RetentionSettings settings =
                new RetentionSettings(checked(days, most), clock.instant().truncatedTo(ChronoUnit.MILLIS));
        store.replace(org, settings);
        return RetentionView.of(settings, most);
    }

    /** Shortens what another plan does not allow, before the organization has it. */
    @Override
    public void before(OrgId org, Plan plan) {
        RetentionSettings now = store.find(org);
        int most = limits.mostDays(plan);
        if (now.days().values().stream().anyMatch(days -> days > most)) {
            Map<Kept, Integer> shorter = new EnumMap<>(Kept.class);
            now.days().forEach((kept, days) -> shorter.put(kept, Math.min(days, most)));
            store.replace(org, new RetentionSettings(shorter, clock.instant().truncatedTo(ChronoUnit.MILLIS)));
        }
    }

    private int mostDays(OrgId org) {
        return limits.mostDays(organizations
                .find(org)
                .orElseThrow(() -> ProblemException.notFound("organization"))
                .plan());
    }

    private static Map<Kept, Integer> checked(Map<String, @Nullable Integer> days, int most) {
        List<FieldError> errors = new ArrayList<>();
        Map<Kept, Integer> checked = new EnumMap<>(Kept.class);
        days.forEach((name, number) -> Kept.named(name)
                .ifPresentOrElse(
                        kept -> {
                            if (number == null || number < kept.leastDays() || number > most) {
                                errors.add(new FieldError(
                                        "/days/" + name,
                                        "must be " + kept.leastDays() + " to " + most + ", the most of your plan"));
                            } else {
                                checked.put(kept, number);
                            }
                        },
                        () -> errors.add(new FieldError(
                                "/days", "must name events, executions, dead_letters or execution_logs only"))));
        if (!errors.isEmpty()) {
            throw new ProblemException(Problem.INVALID_REQUEST, "Data cannot be kept for so long.", errors);
        }
        return checked;
    }
}
