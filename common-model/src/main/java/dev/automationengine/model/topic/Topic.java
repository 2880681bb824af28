package dev.automationengine.model.topic;

import java.time.Duration;

/**
 * The Kafka topics. Each has one owner, the service that creates it; the key decides what stays in order.
 *
 * <p>No key holds personal data: keys are ids of ours or of the sender's objects.
 */
public enum Topic {
    /** Raw messages from outside, as they arrived; key: the message's own id. */
    INBOUND(Name.INBOUND, Owner.TRIGGER, 6, Duration.ofDays(7), false),
    /** Leads that Graph could not give, to be tried again after 5 seconds; key: the lead's id. */
    LEAD_RETRY_SHORT(Name.LEAD_RETRY_SHORT, Owner.TRIGGER, 3, Duration.ofDays(7), false),
    /** The same, after 1 minute. */
    LEAD_RETRY_MEDIUM(Name.LEAD_RETRY_MEDIUM, Owner.TRIGGER, 3, Duration.ofDays(7), false),
    /** The same, after 15 minutes. */
    LEAD_RETRY_LONG(Name.LEAD_RETRY_LONG, Owner.TRIGGER, 3, Duration.ofDays(7), false),
    /** Standardised events, as CloudEvents; key: the event's id. */
    EVENTS(Name.EVENTS, Owner.TRIGGER, 6, Duration.ofDays(7), false),
    /** Outcomes of attempts; key: the execution's id, so that an execution's outcomes stay in order. */
    STEP_EVENTS(Name.STEP_EVENTS, Owner.WORKER, 6, Duration.ofDays(7), false),
    /** Snapshots of executions after each change; key: the execution's id. */
    EXECUTION_LOGS(Name.EXECUTION_LOGS, Owner.DISPATCHER, 6, Duration.ofDays(3), false),
    /** What third parties told of messages that steps had sent; key: that of the message. */
    MESSAGE_DELIVERIES(Name.MESSAGE_DELIVERIES, Owner.TRIGGER, 3, Duration.ofDays(3), false),
    /** Jobs that are due so late that they wait in MongoDB; key: the job's id. */
    SCHEDULED_JOBS(Name.SCHEDULED_JOBS, Owner.DISPATCHER, 6, Duration.ofDays(7), false),
    /** What each workflow listens to, latest only; key: organization and workflow. A null value: deleted. */
    WORKFLOW_CHANGES(Name.WORKFLOW_CHANGES, Owner.DISPATCHER, 3, Duration.ofDays(7), true),
    /** Pages of collections to be searched for a person; key: the request's id. */
    SUBJECT_WORK(Name.SUBJECT_WORK, Owner.LOGGING, 3, Duration.ofDays(1), false),
    /** What was found there; key: the request's id. */
    SUBJECT_PAGES(Name.SUBJECT_PAGES, Owner.LOGGING, 3, Duration.ofDays(1), false);

    private final String topicName;
    private final Owner owner;
    private final int partitions;
    private final Duration retention;
    private final boolean compacted;

    Topic(String topicName, Owner owner, int partitions, Duration retention, boolean compacted) {
        this.topicName = topicName;
        this.owner = owner;
        this.partitions = partitions;
        this.retention = retention;
        this.compacted = compacted;
    }

    /** The name in Kafka. */
    public String topicName() {
        return topicName;
    }

    /** Where messages of this topic go that cannot be read or handled, with the reason in a header. */
    public String deadLetterName() {
        return topicName + Name.DEAD_LETTER_SUFFIX;
    }

    /** The service that creates it. */
    public Owner owner() {
        return owner;
    }

    /** Partitions at creation on a small cluster; operators may raise it. */
    public int partitions() {
        return partitions;
    }

    /** How long messages stay. */
    public Duration retention() {
        return retention;
    }

    /** Whether Kafka keeps the latest message of each key for ever. */
    public boolean compacted() {
        return compacted;
    }

    /** The services that own topics. */
    public enum Owner {
        /** trigger-service. */
        TRIGGER,
        /** dispatcher-service. */
        DISPATCHER,
        /** worker-service. */
        WORKER,
        /** logging-service. */
        LOGGING
    }

    /** The names as constants, for annotations. */
    public static final class Name {
        /** {@link Topic#INBOUND}. */
        public static final String INBOUND = "automation.inbound";
        /** {@link Topic#LEAD_RETRY_SHORT}. */
        public static final String LEAD_RETRY_SHORT = "automation.lead-retry.5s";
        /** {@link Topic#LEAD_RETRY_MEDIUM}. */
        public static final String LEAD_RETRY_MEDIUM = "automation.lead-retry.1m";
        /** {@link Topic#LEAD_RETRY_LONG}. */
        public static final String LEAD_RETRY_LONG = "automation.lead-retry.15m";
        /** {@link Topic#EVENTS}. */
        public static final String EVENTS = "automation.events";
        /** {@link Topic#STEP_EVENTS}. */
        public static final String STEP_EVENTS = "automation.step-events";
        /** {@link Topic#EXECUTION_LOGS}. */
        public static final String EXECUTION_LOGS = "automation.execution-logs";
        /** {@link Topic#MESSAGE_DELIVERIES}. */
        public static final String MESSAGE_DELIVERIES = "automation.message-deliveries";
        /** {@link Topic#SCHEDULED_JOBS}. */
        public static final String SCHEDULED_JOBS = "automation.scheduled-jobs";
        /** {@link Topic#WORKFLOW_CHANGES}. */
        public static final String WORKFLOW_CHANGES = "automation.workflow-changes";
        /** {@link Topic#SUBJECT_WORK}. */
        public static final String SUBJECT_WORK = "automation.subject-work";
        /** {@link Topic#SUBJECT_PAGES}. */
        public static final String SUBJECT_PAGES = "automation.subject-pages";
        /** Ends the name of every dead-letter topic. */
        public static final String DEAD_LETTER_SUFFIX = ".dlt";

        private Name() {}
    }
}
