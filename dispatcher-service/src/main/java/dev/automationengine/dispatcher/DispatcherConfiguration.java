package dev.automationengine.dispatcher;

import dev.automationengine.connectors.action.ActionCatalog;
import dev.automationengine.dispatcher.workflow.WaitLinks;
import dev.automationengine.dispatcher.workflow.WorkflowParser;
import dev.automationengine.jobqueue.JobQueue;
import dev.automationengine.jobqueue.JobQueueProperties;
import dev.automationengine.jobqueue.RedisJobQueue;
import dev.automationengine.kit.mongo.CollectionIndex;
import dev.automationengine.kit.privacy.SubjectIndex;
import dev.automationengine.kit.resume.ResumeConfiguration;
import dev.automationengine.kit.retention.Kept;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.redisson.api.RedissonClient;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.index.Index;

/** What the dispatcher is made of, beside its own components. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(JobQueueProperties.class)
@Import(ResumeConfiguration.class)
class DispatcherConfiguration {
    private static final String ORG = "org_id";
    private static final String EXPIRE_AT = "expire_at";

    @Bean
    WorkflowParser workflowParser(ActionCatalog actions, WaitLinks links) {
        return new WorkflowParser(actions, links);
    }

    @Bean
    JobQueue jobQueue(RedissonClient redisson, JobQueueProperties properties, MeterRegistry meters) {
        return new RedisJobQueue(redisson, properties, meters);
    }

    /** Lists of an organization's workflows, newest first. */
    @Bean
    CollectionIndex workflowsOfAnOrganization() {
        return new CollectionIndex(
                "workflows",
                new Index(ORG, Direction.ASC).on("created_at", Direction.DESC).on("_id", Direction.DESC));
    }

    /** The versions of a workflow, newest first. */
    @Bean
    CollectionIndex versionsOfAWorkflow() {
        return new CollectionIndex(
                "workflow_versions",
                new Index(ORG, Direction.ASC).on("workflow_id", Direction.ASC).on("version", Direction.DESC));
    }

    /** The few changes that nobody published yet. */
    @Bean
    CollectionIndex unpublishedWorkflows() {
        return new CollectionIndex("workflows", new Index("publish_pending", Direction.ASC).sparse());
    }

    /** The scheduler looks for what is under way when it rebuilds the queue. */
    @Bean
    CollectionIndex executionsByStatus() {
        return new CollectionIndex(
                "executions",
                new Index("status", Direction.ASC).on(ORG, Direction.ASC).on("_id", Direction.ASC));
    }

    /** Organizations say how long they are kept. */
    @Bean
    Kept keptExecutions() {
        return Kept.EXECUTIONS;
    }

    @Bean
    Kept keptDeadLetters() {
        return Kept.DEAD_LETTERS;
    }

    @Bean
    CollectionIndex executionsByPerson() {
        return SubjectIndex.index("executions");
    }

    @Bean
    CollectionIndex deadLettersByPerson() {
        return SubjectIndex.index("dead_letters");
    }

    @Bean
    CollectionIndex endedExecutionsExpire() {
        return new CollectionIndex("executions", new Index(EXPIRE_AT, Direction.ASC).expire(Duration.ZERO));
    }

    /** What is held longest begins first. */
    @Bean
    CollectionIndex heldExecutionsByAge() {
        return new CollectionIndex(
                "held_executions",
                new Index(ORG, Direction.ASC).on("held_at", Direction.ASC).on("_id", Direction.ASC));
    }

    @Bean
    CollectionIndex usagesExpire() {
        return new CollectionIndex("usages", new Index(EXPIRE_AT, Direction.ASC).expire(Duration.ZERO));
    }

    /** The steps that wait for what an event has. */
    @Bean
    CollectionIndex eventWaitsByKey() {
        return new CollectionIndex("event_waits", new Index(ORG, Direction.ASC).on("key", Direction.ASC));
    }

    @Bean
    CollectionIndex eventWaitsExpire() {
        return new CollectionIndex("event_waits", new Index(EXPIRE_AT, Direction.ASC).expire(Duration.ZERO));
    }

    @Bean
    CollectionIndex earlyEventsExpire() {
        return new CollectionIndex("early_events", new Index(EXPIRE_AT, Direction.ASC).expire(Duration.ZERO));
    }

    @Bean
    CollectionIndex deadLettersOfAnOrganization() {
        return new CollectionIndex(
                "dead_letters",
                new Index(ORG, Direction.ASC).on("created_at", Direction.DESC).on("_id", Direction.DESC));
    }

    @Bean
    CollectionIndex deadLettersExpire() {
        return new CollectionIndex("dead_letters", new Index(EXPIRE_AT, Direction.ASC).expire(Duration.ZERO));
    }
}
