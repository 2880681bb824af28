package dev.automationengine.logging.privacy;

import dev.automationengine.kit.kafka.FactReader;
import dev.automationengine.kit.kafka.Received;
import dev.automationengine.model.privacy.SubjectPage;
import dev.automationengine.model.topic.Topic;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Hands the answers of the services to their requests. */
@Component
class SubjectPageListener {
    private final FactReader reader;
    private final SubjectRequests requests;

    SubjectPageListener(FactReader reader, SubjectRequests requests) {
        this.reader = reader;
        this.requests = requests;
    }

    @KafkaListener(topics = Topic.Name.SUBJECT_PAGES, groupId = "logging-subject-pages")
    void onPages(List<ConsumerRecord<String, byte[]>> batch) {
        reader.read(batch, SubjectPage.class).stream().map(Received::value).forEach(requests::take);
    }
}
