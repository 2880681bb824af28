package dev.automationengine.logging.executionlog;

import dev.automationengine.kit.mongo.CollectionIndex;
import dev.automationengine.kit.privacy.SubjectIndex;
import dev.automationengine.kit.retention.Kept;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.index.Index;

/** Indexes of the log: one for each filter of the list, in the order in which it is read. */
@Configuration(proxyBeanMethods = false)
class ExecutionLogIndexes {
    @Bean
    CollectionIndex logsOfOrganization() {
        return index(new Index().on("org_id", Direction.ASC), "org");
    }

    @Bean
    CollectionIndex logsOfWorkflow() {
        return index(new Index().on("org_id", Direction.ASC).on("workflow_id", Direction.ASC), "org_workflow");
    }

    @Bean
    CollectionIndex logsByStatus() {
        return index(new Index().on("org_id", Direction.ASC).on("status", Direction.ASC), "org_status");
    }

    @Bean
    CollectionIndex logsByTriggerType() {
        return index(new Index().on("org_id", Direction.ASC).on("trigger_type", Direction.ASC), "org_trigger_type");
    }

    @Bean
    CollectionIndex logsOfEvent() {
        return index(new Index().on("org_id", Direction.ASC).on("event_id", Direction.ASC), "org_event");
    }

    /** Organizations say how long they are kept. */
    @Bean
    Kept keptLogs() {
        return Kept.EXECUTION_LOGS;
    }

    @Bean
    CollectionIndex logsByPerson() {
        return SubjectIndex.index(ExecutionLogs.COLLECTION);
    }

    @Bean
    CollectionIndex logsExpire() {
        return new CollectionIndex(
                ExecutionLogs.COLLECTION,
                new Index().on("expire_at", Direction.ASC).expire(Duration.ZERO).named("expiry"));
    }

    private static CollectionIndex index(Index prefix, String name) {
        return new CollectionIndex(
                ExecutionLogs.COLLECTION,
                prefix.on("created_at", Direction.DESC)
                        .on("_id", Direction.DESC)
                        .named(name));
    }
}
