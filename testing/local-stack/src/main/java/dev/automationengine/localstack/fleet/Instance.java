package dev.automationengine.localstack.fleet;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One process of the local engine: a member, or a further copy of a service.
 *
 * @param member what it runs
 * @param number 1 for the first, which has the member's own name and port; copies have 2 to 9
 */
public record Instance(Member member, int number) {
    private static final int MOST = 9;
    // Above the last port of the members; each number has a row of ten.
    private static final int FIRST_COPY_OFFSET = 30;
    private static final int ROW = 10;
    private static final Pattern COPY = Pattern.compile("(.+)-([2-9])");

    /**
     * Checks the number.
     *
     * @throws FleetException if there can be no such copy
     */
    public Instance {
        if (number < 1 || number > MOST || (number > 1 && member.kind() != Member.Kind.SERVICE)) {
            throw new FleetException("There can be no " + member.label() + " number " + number + ": a service has 1 to "
                    + MOST + " processes, everything else has one.");
        }
    }

    /** What people call it: {@code worker-service}, {@code worker-service-2}. */
    public String label() {
        return number == 1 ? member.label() : member.label() + "-" + number;
    }

    /** Its port above the base. */
    public int portOffset() {
        return number == 1 ? member.portOffset() : FIRST_COPY_OFFSET + ROW * (number - 2) + member.portOffset();
    }

    /** What kind of process it is. */
    public Member.Kind kind() {
        return member.kind();
    }

    /**
     * The process that somebody typed; {@code -service} may be left out.
     *
     * @throws FleetException if there is none
     */
    public static Instance named(String label) {
        Matcher copy = COPY.matcher(label);
        return copy.matches()
                ? new Instance(Member.named(copy.group(1)), Integer.parseInt(copy.group(2)))
                : Member.named(label).first();
    }
}
