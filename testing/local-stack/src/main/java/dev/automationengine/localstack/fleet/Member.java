package dev.automationengine.localstack.fleet;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A process of the local engine. The order is the one of the ports in docs/architecture.md. */
public enum Member {
    /** Everything from outside enters here. */
    API_GATEWAY("api-gateway", 0, Kind.SERVICE),
    /** Webhooks and events. */
    TRIGGER_SERVICE("trigger-service", 1, Kind.SERVICE),
    /** Asks for leads that no webhook brought. */
    POLLING_SERVICE("polling-service", 2, Kind.SERVICE),
    /** Workflows and executions. */
    DISPATCHER_SERVICE("dispatcher-service", 3, Kind.SERVICE),
    /** Due and lost jobs. */
    SCHEDULER_SERVICE("scheduler-service", 4, Kind.SERVICE),
    /** Acts at third parties. */
    WORKER_SERVICE("worker-service", 5, Kind.SERVICE),
    /** What people read about executions. */
    LOGGING_SERVICE("logging-service", 6, Kind.SERVICE),
    /** Facts. */
    KAFKA("kafka", 10, Kind.INFRASTRUCTURE),
    /** Jobs. */
    REDIS("redis", 12, Kind.INFRASTRUCTURE),
    /** The truth. */
    MONGODB("mongodb", 13, Kind.INFRASTRUCTURE),
    /** Third parties. */
    SIMULATORS("simulators", 20, Kind.SIMULATOR);

    private final String label;
    private final int portOffset;
    private final Kind kind;

    Member(String label, int portOffset, Kind kind) {
        this.label = label;
        this.portOffset = portOffset;
        this.kind = kind;
    }

    /** What people call it. */
    public String label() {
        return label;
    }

    /** What kind of process it is. */
    public Kind kind() {
        return kind;
    }

    /** Its port above the base. */
    public int portOffset() {
        return portOffset;
    }

    /** Its first process, the only one unless copies are asked for. */
    public Instance first() {
        return new Instance(this, 1);
    }

    /** The members of a kind. */
    public static List<Member> of(Kind kind) {
        return Arrays.stream(values()).filter(member -> member.kind == kind).toList();
    }

    /**
     * The member that somebody typed.
     *
     * @throws FleetException if there is none, with the names there are
     */
    public static Member named(String label) {
        return Arrays.stream(values())
                .filter(member -> member.label.equals(label) || member.label.equals(label + "-service"))
                .findFirst()
                .orElseThrow(() -> new FleetException("There is no process " + label + ". There are: "
                        + Arrays.stream(values()).map(Member::label).collect(Collectors.joining(", ")) + "."));
    }

    /** Kinds of processes. */
    public enum Kind {
        /** Kafka, Redis, MongoDB. */
        INFRASTRUCTURE,
        /** Stands in for third parties. */
        SIMULATOR,
        /** A service of the engine. */
        SERVICE
    }
}
