package dev.automationengine.dispatcher.workflow;

/** When a step starts that depends on several. */
public enum Join {
    /** When all of them have been passed. */
    ALL,
    /** When the first of them has been passed. */
    ANY
}
