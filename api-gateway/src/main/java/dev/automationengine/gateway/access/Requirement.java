package dev.automationengine.gateway.access;

/** What a request needs. */
public sealed interface Requirement {
    /** Nothing: anybody may send it, and what stands in {@code Authorization} is not looked at. */
    record Open() implements Requirement {}

    /** The operator, who holds the bootstrap token. */
    record Operator() implements Requirement {
        /** Who that is: the name of the caller, and what it may. */
        public static final String NAME = "operator";
    }

    /** A user or key, whatever it may do else. */
    record SignedIn() implements Requirement {}

    /**
     * A scope.
     *
     * @param scope the scope
     */
    record Needs(Scope scope) implements Requirement {}
}
