package dev.automationengine.kit.mongo;

import java.util.Arrays;
import java.util.Optional;

/**
 * A read over all organizations at once: the only ones there are, each marked as what it is by the comment of its
 * operation ({@code find(...).comment(Sweep.X.comment())}). A sweep reads; what it then writes names the organization.
 * Deletion by age is MongoDB's own (TTL indexes) and no operation of ours.
 */
public enum Sweep {
    /** Whether there is any user. */
    ANY_USER(EngineCollection.LOGINS, "the first start makes the first owner"),
    /** Changes of workflows that were stored but not published. */
    UNPUBLISHED_WORKFLOWS(EngineCollection.WORKFLOWS, "a process that died between storing and publishing left them"),
    /** Replays whose next page is due. */
    DUE_REPLAYS(EngineCollection.REPLAYS, "they go on by time, whosever they are"),
    /** Executions that are held. */
    HELD_EXECUTIONS(EngineCollection.HELD_EXECUTIONS, "a new month makes room in all plans at once"),
    /** Jobs that are soon due. */
    DUE_JOBS(EngineCollection.SCHEDULED_JOBS, "they are due by time, whosever they are"),
    /** How many jobs are parked. */
    PARKED_JOBS(EngineCollection.SCHEDULED_JOBS, "a gauge for the operator"),
    /** Schedules whose time has come. */
    DUE_SCHEDULES(EngineCollection.SCHEDULES, "they are due by time, whosever they are"),
    /** Requests about people that have to go on. */
    DUE_SUBJECT_REQUESTS(EngineCollection.SUBJECT_REQUESTS, "they go on by time, whosever they are"),
    /** What organizations have said about how long their data is kept. */
    RETENTION_SETTINGS(EngineCollection.ORGANIZATIONS, "data is over by time, whosever it is"),
    /** Events that have expired. */
    EXPIRED_EVENTS(EngineCollection.EVENTS, "they expire by time, whosever they are"),
    /** Executions that have expired. */
    EXPIRED_EXECUTIONS(EngineCollection.EXECUTIONS, "they expire by time, whosever they are"),
    /** Dead letters that have expired. */
    EXPIRED_DEAD_LETTERS(EngineCollection.DEAD_LETTERS, "they expire by time, whosever they are"),
    /** Logs of executions that have expired. */
    EXPIRED_LOGS(EngineCollection.EXECUTION_LOGS, "they expire by time, whosever they are"),
    /** Executions under way. */
    RUNNING_EXECUTIONS(EngineCollection.EXECUTIONS, "the queue of all organizations is rebuilt after a loss of Redis"),
    /** Connections by OAuth that nobody used for long. */
    IDLE_CONNECTIONS(EngineCollection.CREDENTIALS, "their refresh tokens die of disuse, whosever they are"),
    /** How many connections by OAuth are broken. */
    BROKEN_CONNECTIONS(EngineCollection.CREDENTIALS, "a gauge for the operator"),
    /** Organizations that have data keys, in the order of their ids. */
    KEYED_ORGANIZATIONS(EngineCollection.DATA_KEYS, "a new master key wraps the data keys of all of them");

    private static final String PREFIX = "sweep:";

    private final EngineCollection collection;
    private final String reason;

    Sweep(EngineCollection collection, String reason) {
        this.collection = collection;
        this.reason = reason;
    }

    /** The sweep that a comment names. */
    static Optional<Sweep> marked(String comment) {
        return Arrays.stream(values())
                .filter(sweep -> sweep.comment().equals(comment))
                .findFirst();
    }

    /** The comment that marks its operation. */
    public String comment() {
        return PREFIX + name();
    }

    /** What it looks through. */
    public EngineCollection collection() {
        return collection;
    }

    /** Why it cannot go organization by organization. */
    public String reason() {
        return reason;
    }
}
