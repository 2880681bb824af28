package dev.automationengine.dispatcher.workflow;

import dev.automationengine.expressions.Finding;
import dev.automationengine.expressions.Template;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads steps of type DELAY. */
final class DelayStepParser {
    private static final String DURATION = "duration";
    private static final String UNTIL = "until";
    private static final String WORKING_HOURS = "until_working_hours";
    private static final Set<String> MEMBERS = Set.of(DURATION, UNTIL, WORKING_HOURS);
    private static final Set<String> HOURS_MEMBERS = Set.of("time_zone", "days", "from", "to");

    private final Findings findings;

    DelayStepParser(Findings findings) {
        this.findings = findings;
    }

    @Nullable
    Step parse(@Nullable StepFrame frame, Map<?, ?> members, String pointer) {
        findings.refuseUnknownInStep(members, MEMBERS, pointer);
        if (Stream.of(UNTIL, WORKING_HOURS, DURATION)
                        .filter(members::containsKey)
                        .count()
                > 1) {
            findings.add(pointer, "say one of duration, until and until_working_hours");
            return null;
        }
        Wait wait = members.containsKey(UNTIL)
                ? until(members.get(UNTIL), Finding.child(pointer, UNTIL))
                : members.containsKey(WORKING_HOURS)
                        ? hours(members.get(WORKING_HOURS), Finding.child(pointer, WORKING_HOURS))
                        : duration(members, pointer);
        return frame == null || wait == null ? null : new DelayStep(frame, wait);
    }

    private @Nullable Wait duration(Map<?, ?> members, String pointer) {
        Duration duration = findings.neededWait(members, DURATION, pointer);
        return duration == null ? null : new Wait.For(duration);
    }

    private @Nullable Wait until(@Nullable Object json, String pointer) {
        if (!(json instanceof String)) {
            findings.add(pointer, "must be a time such as 2026-11-23T09:00:00+01:00, or {{ ... }} that gives one");
            return null;
        }
        Template time = findings.template(pointer, json);
        return time == null ? null : new Wait.Until(time);
    }

    private @Nullable Wait hours(@Nullable Object json, String pointer) {
        Map<?, ?> members = findings.object(json, pointer, "must be an object with time_zone, days, from and to");
        findings.refuseUnknown(members, HOURS_MEMBERS, pointer);
        if (!members.isEmpty() && members.get("time_zone") == null) {
            findings.add(Finding.child(pointer, "time_zone"), "must be the name of a time zone such as Europe/Berlin");
        }
        ZoneId zone = findings.parsed(
                members, "time_zone", pointer, ZoneId::of, "must be the name of a time zone such as Europe/Berlin");
        Set<DayOfWeek> days = days(members.get("days"), Finding.child(pointer, "days"));
        LocalTime from = time(members, "from", pointer, LocalTime.of(9, 0));
        LocalTime to = time(members, "to", pointer, LocalTime.of(17, 0));
        if (zone == null || days.isEmpty() || from == null || to == null) {
            return null;
        }
        if (!from.isBefore(to)) {
            findings.add(Finding.child(pointer, "to"), "must be later than from");
            return null;
        }
        return new Wait.UntilWorkingHours(new WorkingHours(zone, days, from, to));
    }

    private @Nullable LocalTime time(Map<?, ?> members, String name, String pointer, LocalTime otherwise) {
        return members.get(name) == null
                ? otherwise
                : findings.parsed(members, name, pointer, LocalTime::parse, "must be a time of day such as 09:00");
    }

    private Set<DayOfWeek> days(@Nullable Object json, String pointer) {
        if (json == null) {
            return EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);
        }
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        List<?> names = json instanceof List<?> list ? list : List.of();
        for (Object name : names) {
            Stream.of(DayOfWeek.values())
                    .filter(day -> day.name().substring(0, 3).equals(name))
                    .forEach(days::add);
        }
        if (days.isEmpty() || days.size() != names.size()) {
            findings.add(pointer, "must be a list of MON, TUE, WED, THU, FRI, SAT and SUN, each once");
            return Set.of();
        }
        return days;
    }
}
