package dev.automationengine.kit.privacy;

import dev.automationengine.kit.kafka.Fact;
import dev.automationengine.kit.kafka.FactPublisher;
import dev.automationengine.kit.kafka.FactReader;
import dev.automationengine.kit.kafka.Received;
import dev.automationengine.model.privacy.SubjectPage;
import dev.automationengine.model.privacy.SubjectWork;
import dev.automationengine.model.topic.Topic;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;

/** Does the work on the collections of its service; an answer is published before the work counts as done. */
class SubjectWorkListener {
    private final FactReader reader;
    private final FactPublisher facts;
    private final SubjectSearch search;
    private final Map<String, PersonalCollection> collections;
    private final MeterRegistry meters;

    SubjectWorkListener(
            FactReader reader,
            FactPublisher facts,
            SubjectSearch search,
            List<PersonalCollection> collections,
            MeterRegistry meters) {
        this.reader = reader;
        this.facts = facts;
        this.search = search;
        this.collections =
                collections.stream().collect(Collectors.toMap(PersonalCollection::name, Function.identity()));
        this.meters = meters;
    }

    @KafkaListener(topics = Topic.Name.SUBJECT_WORK, groupId = "${spring.application.name}-subjects")
    void onWork(List<ConsumerRecord<String, byte[]>> batch) {
        for (Received<SubjectWork> received : reader.read(batch, SubjectWork.class)) {
            SubjectWork work = received.value();
            PersonalCollection collection = collections.get(work.collection());
            if (collection != null) {
                SubjectPage page = search.look(collection, work);
                facts.publish(List.of(new Fact(Topic.SUBJECT_PAGES, work.requestId(), page)));
                count(page);
            }
        }
    }

    private void count(SubjectPage page) {
        String collection = page.collection();
        meters.counter("engine.privacy.pages", "collection", collection).increment();
        meters.counter("engine.privacy.documents", "collection", collection, "what", "looked")
                .increment(page.looked());
        meters.counter("engine.privacy.documents", "collection", collection, "what", "erased")
                .increment(page.changed());
    }
}
