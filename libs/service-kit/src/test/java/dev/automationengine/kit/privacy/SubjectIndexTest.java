package dev.automationengine.kit.privacy;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import dev.automationengine.kit.privacy.Contacts.Contact;
import dev.automationengine.localstack.LocalStack;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.privacy.SubjectPage;
import dev.automationengine.model.privacy.SubjectPage.Finding;
import dev.automationengine.model.privacy.SubjectWork;
import dev.automationengine.model.privacy.SubjectWork.Kind;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoTemplate;
import tools.jackson.databind.json.JsonMapper;

/** A person is found by what was written beside the documents, and never missed where nothing was. */
class SubjectIndexTest {
    private static final String OLD = "an old key of at least 32 characters!";
    private static final String NEW = "the new key of at least 32 characters!";
    private static final Contact JOE = Objects.requireNonNull(Contacts.email("joe@example.com"));
    private static final Contact PHONE = Objects.requireNonNull(Contacts.phone("+16502530000", null));
    private static final OrgId ORG = OrgId.random();

    private final String database = "subjects_" + UUID.randomUUID().toString().replace("-", "");
    private MongoClient client;
    private MongoTemplate mongo;
    private MongoCollection<Document> events;

    @BeforeEach
    void connect() {
        client = MongoClients.create(LocalStack.shared().mongoUrl(database));
        mongo = new MongoTemplate(client, database);
        events = mongo.getCollection("events");
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void only_what_may_name_the_person_is_looked_at() {
        for (int i = 0; i < 500; i++) {
            add("evt_%03d".formatted(i), "somebody" + i + "@example.org, +4915123%06d".formatted(i), keys(NEW));
        }
        add("evt_joe", "JOE@example.com", keys(NEW));
        add("evt_number", "call (650) 253-0000", keys(NEW));
        // Ends with the same digits.
        add("evt_other", "+4930 2530000", keys(NEW));

        SubjectPage byAddress = search(keys(NEW), work(Kind.SEARCH, keys(NEW), JOE));
        assertThat(ids(byAddress)).containsExactly("evt_joe");
        assertThat(byAddress.looked()).isEqualTo(1);
        SubjectPage byNumber = search(keys(NEW), work(Kind.SEARCH, keys(NEW), PHONE));
        assertThat(ids(byNumber)).containsExactly("evt_number");
        assertThat(byNumber.looked()).isEqualTo(2);
    }

    @Test
    void a_document_is_found_by_an_older_key_and_when_that_key_is_gone_and_when_it_has_none() {
        add("evt_old", JOE.value(), keys(OLD));
        add("evt_new", JOE.value(), keys(NEW, OLD));
        add("evt_other", "ann@example.com", keys(NEW));
        events.insertOne(
                new Document("_id", "evt_before").append("org_id", ORG.value()).append("data", JOE.value()));

        assertThat(ids(search(keys(NEW, OLD), work(Kind.SEARCH, keys(NEW, OLD), JOE))))
                .containsExactly("evt_before", "evt_new", "evt_old");
        SubjectPage gone = search(keys(NEW), work(Kind.SEARCH, keys(NEW), JOE));
        assertThat(ids(gone)).containsExactly("evt_before", "evt_new", "evt_old");
        assertThat(gone.looked()).isEqualTo(3);
    }

    @Test
    void a_document_with_more_people_than_the_index_holds_is_looked_at_by_every_search() {
        String many = String.join(
                " ",
                IntStream.range(0, 100).mapToObj(i -> "p" + i + "@example.com").toList());
        add("evt_many", many + " joe@example.com", keys(NEW));
        assertThat(stored("evt_many").getList(SubjectIndex.MEMBER, String.class))
                .hasSize(2);
        assertThat(ids(search(keys(NEW), work(Kind.SEARCH, keys(NEW), JOE)))).containsExactly("evt_many");
    }

    @Test
    void an_erasure_that_comes_again_tells_what_it_erased_and_nobody_else_finds_it() {
        add("evt_joe", JOE.value(), keys(NEW));
        SubjectWork erasure = work(Kind.ERASURE, keys(NEW), JOE);
        assertThat(search(keys(NEW), erasure).changed()).isEqualTo(1);
        assertThat(stored("evt_joe").toJson()).doesNotContain("joe@");

        SubjectPage again = search(keys(NEW), erasure);
        assertThat(again.changed()).isZero();
        assertThat(again.findings()).containsExactly(new Finding("events", "evt_joe", true));
        assertThat(search(keys(NEW), work(Kind.SEARCH, keys(NEW), JOE)).looked())
                .isZero();
    }

    @Test
    void the_member_tells_nobody_without_the_key_who_it_is_and_is_another_in_each_organization() {
        SubjectIndex index = new SubjectIndex(keys(NEW));
        List<String> here = index.of(ORG, JOE.value());
        assertThat(here).noneMatch(entry -> entry.contains("joe"));
        assertThat(index.of(OrgId.random(), JOE.value()).getLast()).isNotEqualTo(here.getLast());
        assertThat(index.of(ORG, "nobody")).hasSize(1);
        assertThat(index.added(ORG, "nobody")).isEmpty();
    }

    @Test
    void many_threads_hash_alike() {
        SubjectIndex index = new SubjectIndex(keys(NEW));
        assertThat(IntStream.range(0, 5_000)
                        .parallel()
                        .mapToObj(i -> index.of(ORG, List.of(JOE.value(), PHONE.value())))
                        .distinct())
                .hasSize(1);
    }

    private void add(String id, String data, SubjectHashes hashes) {
        events.insertOne(new Document("_id", id)
                .append("org_id", ORG.value())
                .append("data", data)
                .append(SubjectIndex.MEMBER, new SubjectIndex(hashes).of(ORG, data)));
    }

    private SubjectPage search(SubjectHashes hashes, SubjectWork work) {
        return new SubjectSearch(
                        mongo,
                        hashes,
                        new SubjectIndex(hashes),
                        JsonMapper.builder().build(),
                        InstantSource.system())
                .look(new Events(events), work);
    }

    private Document stored(String id) {
        return Objects.requireNonNull(
                events.find(and(eq("_id", id), eq("org_id", ORG.value()))).first());
    }

    private static SubjectWork work(Kind kind, SubjectHashes hashes, Contact who) {
        return new SubjectWork(
                "subj_" + kind,
                ORG,
                kind,
                List.of(hashes.hash(ORG, who)),
                new SubjectIndex(hashes).traces(ORG, List.of(who)),
                "US",
                "events",
                1,
                null);
    }

    private static List<String> ids(SubjectPage page) {
        return page.findings().stream().map(Finding::id).toList();
    }

    private static SubjectHashes keys(String... keys) {
        return new SubjectHashes(List.of(keys));
    }

    private record Events(MongoCollection<Document> events) implements PersonalCollection {
        @Override
        public String name() {
            return "events";
        }

        @Override
        public List<List<String>> payloads() {
            return List.of(List.of("data"));
        }

        @Override
        public List<Finding> erase(SubjectWork work, Document found, UnaryOperator<Document> erase) {
            String id = found.getString("_id");
            events.replaceOne(and(eq("_id", id), eq("org_id", ORG.value())), erase.apply(found));
            return List.of(new Finding(name(), id, true));
        }
    }
}
