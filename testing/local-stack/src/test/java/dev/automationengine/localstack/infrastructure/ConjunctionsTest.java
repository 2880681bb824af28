package dev.automationengine.localstack.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.bson.Document;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConjunctionsTest {
    @Test
    void parts_with_different_members_become_one_filter() {
        Document nested = and(new Document("_id", "a"), and(new Document("org", "o"), new Document("rev", 3)));
        assertThat(Conjunctions.flat(nested))
                .isEqualTo(new Document("_id", "a").append("org", "o").append("rev", 3));
    }

    @Test
    void a_member_named_twice_stays_as_it_is() {
        Document range = and(new Document("due", new Document("$gt", 1)), new Document("due", new Document("$lt", 9)));
        assertThat(Conjunctions.flat(range)).isEqualTo(range);
    }

    private static Document and(Document... parts) {
        return new Document("$and", List.of(parts));
    }
}
