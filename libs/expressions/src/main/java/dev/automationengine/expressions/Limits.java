package dev.automationengine.expressions;

import java.time.Duration;

/** How much one expression may ask for. All but the last are counted, so that the outcome is always the same. */
final class Limits {
    /** Characters of the source. */
    static final int SOURCE = 4_096;
    /** Nodes evaluated inside one another: more is endless recursion, not a mapping. */
    static final int DEPTH = 256;
    /** Units of work; about one for each node evaluated, and for each two list elements handled. */
    static final long WORK = 200_000;
    /** Values and characters of any result, also of one in between. */
    static final long SIZE = Template.MAX_RENDERED_CHARACTERS;
    /** How deep a value may be nested. */
    static final int NESTING = 64;
    /** Characters of a picture of a number or a time. */
    static final int PICTURE = 128;
    /** The net below the counted limits: never reached by what they let pass on a machine that is not overloaded. */
    static final Duration TIME = Duration.ofSeconds(2);

    private Limits() {}
}
