package dev.automationengine.kit.privacy;

import dev.automationengine.kit.kafka.FactPublisher;
import dev.automationengine.kit.kafka.FactReader;
import dev.automationengine.kit.kafka.KafkaKitAutoConfiguration;
import dev.automationengine.kit.security.SecurityProperties;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.data.mongodb.core.MongoOperations;
import tools.jackson.databind.json.JsonMapper;

/** What services with collections that hold personal data need. */
@AutoConfiguration(after = KafkaKitAutoConfiguration.class)
@EnableConfigurationProperties(MaskingProperties.class)
public class PrivacyKitAutoConfiguration {
    @Bean
    SubjectHashes subjectHashes(SecurityProperties security) {
        return new SubjectHashes(security.internalTokenKeys());
    }

    @Bean
    SubjectIndex subjectIndex(SubjectHashes hashes) {
        return new SubjectIndex(hashes);
    }

    @Bean
    PersonalCopies personalCopies(SubjectHashes hashes, JsonMapper json) {
        return new PersonalCopies(hashes, json);
    }

    @Bean
    Sight sight(MaskingProperties properties, JsonMapper json) {
        return new Sight(new Masks(properties.fields()), json);
    }

    @Bean
    MaskingAdvice maskingAdvice(Sight sight) {
        return new MaskingAdvice(sight);
    }

    @Bean
    @ConditionalOnBean(PersonalCollection.class)
    SubjectWorkListener subjectWorkListener(
            FactReader reader,
            FactPublisher facts,
            MongoOperations mongo,
            SubjectHashes hashes,
            SubjectIndex index,
            JsonMapper json,
            InstantSource clock,
            List<PersonalCollection> collections,
            MeterRegistry meters) {
        return new SubjectWorkListener(
                reader, facts, new SubjectSearch(mongo, hashes, index, json, clock), collections, meters);
    }
}
