package dev.automationengine.kit.mongo;

import com.mongodb.ReadConcern;
import com.mongodb.WriteConcern;
import dev.automationengine.kit.startup.StartupWork;
import dev.automationengine.model.id.CredentialId;
import dev.automationengine.model.id.EventId;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.JobId;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.StepId;
import dev.automationengine.model.id.UserId;
import dev.automationengine.model.id.WorkflowId;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.data.mongodb.autoconfigure.DataMongoAutoConfiguration;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.convert.MongoCustomConversions;

/** MongoDB settings of every service. */
@AutoConfiguration(before = DataMongoAutoConfiguration.class)
@EnableConfigurationProperties(MongoGuardProperties.class)
public class MongoKitAutoConfiguration {
    private static final int CONNECT_SECONDS = 2;
    private static final int ANSWER_SECONDS = 10;

    /** What was written survives the loss of a server, and no call waits for ever. */
    @Bean
    MongoClientSettingsBuilderCustomizer durableAndBounded() {
        return settings -> settings.writeConcern(WriteConcern.MAJORITY)
                .readConcern(ReadConcern.DEFAULT)
                .applyToSocketSettings(socket -> socket.connectTimeout(CONNECT_SECONDS, TimeUnit.SECONDS)
                        .readTimeout(ANSWER_SECONDS, TimeUnit.SECONDS))
                .applyToClusterSettings(cluster -> cluster.serverSelectionTimeout(CONNECT_SECONDS, TimeUnit.SECONDS));
    }

    /** Off unless {@code engine.mongo.guard=fail}. */
    @Bean
    MongoClientSettingsBuilderCustomizer tenantGuard(
            MongoGuardProperties properties, ObjectProvider<MeterRegistry> meters) {
        return switch (properties.guard()) {
            case OFF -> settings -> {};
            case FAIL -> settings -> settings.addCommandListener(new TenantGuard(meters::getObject));
        };
    }

    @Bean
    MongoCustomConversions mongoCustomConversions() {
        return new MongoCustomConversions(List.of(
                new IdConverter<>(OrgId.class, OrgId::new),
                new IdConverter<>(UserId.class, UserId::new),
                new IdConverter<>(WorkflowId.class, WorkflowId::new),
                new IdConverter<>(EventId.class, EventId::new),
                new IdConverter<>(ExecutionId.class, ExecutionId::new),
                new IdConverter<>(CredentialId.class, CredentialId::new),
                new IdConverter<>(StepId.class, StepId::new),
                new IdConverter<>(JobId.class, JobId::parse)));
    }

    @Bean
    StartupWork indexCreation(MongoOperations mongo, List<CollectionIndex> indexes) {
        return new StartupWork(
                "indexes in MongoDB",
                () -> indexes.forEach(i -> mongo.indexOps(i.collection()).createIndex(i.index())));
    }
}
