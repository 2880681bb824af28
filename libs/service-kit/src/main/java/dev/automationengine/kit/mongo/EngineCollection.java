package dev.automationengine.kit.mongo;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Every collection of the engine, whose data it holds, and why it may be looked into without an organization if so.
 * What is not in this table is refused by {@link TenantGuard}; a test holds the table against
 * {@code deploy/mongo/shard-collections.js}.
 */
public enum EngineCollection {
    /** Who signs in. */
    USERS("users", Owner.TENANT, "belongs to one organization"),
    /** Who is signed in. */
    SESSIONS("sessions", Owner.TENANT, "belongs to one organization"),
    /** Who is invited. */
    INVITATIONS("invitations", Owner.TENANT, "belongs to one organization"),
    /** Who changed what: nothing in it is changed or deleted. */
    AUDIT_LOG("audit_log", Owner.TENANT, "belongs to one organization"),
    /** What happened. */
    EVENTS("events", Owner.TENANT, "belongs to one organization"),
    /** What became of leads. */
    LEADS("leads", Owner.TENANT, "belongs to one organization"),
    /** How far a lead form was polled. */
    POLL_STATES("poll_states", Owner.TENANT, "belongs to one organization"),
    /** How far sources were looked at. */
    SOURCE_STATES("source_states", Owner.TENANT, "belongs to one organization"),
    /** Workflows as they are now. */
    WORKFLOWS("workflows", Owner.TENANT, "belongs to one organization"),
    /** Workflows as they were. */
    WORKFLOW_VERSIONS("workflow_versions", Owner.TENANT, "belongs to one organization"),
    /** The truth of what runs. */
    EXECUTIONS("executions", Owner.TENANT, "belongs to one organization"),
    /** Executions that wait for room in a plan. */
    HELD_EXECUTIONS("held_executions", Owner.TENANT, "belongs to one organization"),
    /** How many executions have begun in a month. */
    USAGES("usages", Owner.TENANT, "belongs to one organization"),
    /** Steps that wait for an event. */
    EVENT_WAITS("event_waits", Owner.TENANT, "belongs to one organization"),
    /** Events that a step may begin to wait for only now. */
    EARLY_EVENTS("early_events", Owner.TENANT, "belongs to one organization"),
    /** What was given up. */
    DEAD_LETTERS("dead_letters", Owner.TENANT, "belongs to one organization"),
    /** Trials with past events. */
    REPLAYS("replays", Owner.TENANT, "belongs to one organization"),
    /** What those trials gave. */
    REPLAY_RESULTS("replay_results", Owner.TENANT, "belongs to one organization"),
    /** Jobs that are due later. */
    SCHEDULED_JOBS("scheduled_jobs", Owner.TENANT, "belongs to one organization"),
    /** When workflows start by themselves. */
    SCHEDULES("schedules", Owner.TENANT, "belongs to one organization"),
    /** Encrypted secrets. */
    CREDENTIALS("credentials", Owner.TENANT, "belongs to one organization"),
    /** Consents to connections by OAuth that have not come back. */
    OAUTH_AUTHORIZATIONS("oauth_authorizations", Owner.TENANT, "belongs to one organization"),
    /** What those are encrypted with; the canaries have the organization "canary", which nobody can have. */
    DATA_KEYS("data_keys", Owner.TENANT, "belongs to one organization"),
    /** What people read. */
    EXECUTION_LOGS("execution_logs", Owner.TENANT, "belongs to one organization"),
    /** What became of messages that steps sent. */
    MESSAGE_DELIVERIES("message_deliveries", Owner.TENANT, "belongs to one organization"),
    /** Requests about people. */
    SUBJECT_REQUESTS("subject_requests", Owner.TENANT, "belongs to one organization"),
    /** What those found. */
    SUBJECT_FINDINGS("subject_findings", Owner.TENANT, "belongs to one organization"),
    /** The organizations. */
    ORGANIZATIONS("organizations", Owner.DIRECTORY, "its _id is the organization"),
    /** Keys of the API. */
    API_KEYS("api_keys", Owner.DIRECTORY, "the gateway learns here which organization a caller acts for"),
    /** To whom an e-mail address belongs. */
    LOGINS("logins", Owner.DIRECTORY, "the gateway learns here which organization a user signs in to"),
    /** How often somebody tried to sign in. */
    LOGIN_ATTEMPTS("login_attempts", Owner.DIRECTORY, "counted before it is known whether there is such a user"),
    /** Whether somebody made the first owner. */
    SETUP_CLAIMS("setup_claims", Owner.DIRECTORY, "of the first owner, before there is an organization"),
    /** Leads of pages that no workflow listens to. */
    UNROUTED_EVENTS(
            "unrouted_events", Owner.NOBODY, "arrived for no organization; only people with the database read it"),
    /** Numbers about Redis. */
    QUEUE_BEATS("queue_beats", Owner.NOBODY, "a few numbers about Redis"),
    /** How far the rotation of keys is. */
    VAULT_ROTATION("vault_rotation", Owner.NOBODY, "one document, with the place of the pass and its lease");

    private static final Map<String, EngineCollection> BY_NAME = Arrays.stream(values())
            .collect(Collectors.toUnmodifiableMap(EngineCollection::collection, Function.identity()));

    /** Whose data it is. */
    public enum Owner {
        /** Organizations': sharded by {@code {org_id: 1, _id: 1}}; every operation names the organization. */
        TENANT,
        /** Tells which organization somebody means: not sharded; found by {@code _id}, or within an organization. */
        DIRECTORY,
        /** No organization's: not sharded. */
        NOBODY
    }

    private final String collection;
    private final Owner owner;
    private final String reason;

    EngineCollection(String collection, Owner owner, String reason) {
        this.collection = collection;
        this.owner = owner;
        this.reason = reason;
    }

    /** The collection of this name in the database. */
    public static Optional<EngineCollection> named(String collection) {
        return Optional.ofNullable(BY_NAME.get(collection));
    }

    /** Its name in the database. */
    public String collection() {
        return collection;
    }

    /** Whose data it holds. */
    public Owner owner() {
        return owner;
    }

    /** Why it has that owner. */
    public String reason() {
        return reason;
    }
}
