package dev.automationengine.kit.schedule;

/** What becomes of times that passed while no scheduler was there. */
public enum CatchUpPolicy {
    /** They are left out. */
    NONE,
    /** The latest of them is made up for. */
    ONE,
    /** All of them are made up for, the latest 100 if there are more. */
    ALL
}
