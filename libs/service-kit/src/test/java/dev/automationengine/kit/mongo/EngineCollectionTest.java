package dev.automationengine.kit.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class EngineCollectionTest {
    private static final Path SCRIPT =
            Path.of(System.getProperty("engine.root", "../.."), "deploy/mongo/shard-collections.js");

    @Test
    void what_belongs_to_organizations_is_what_is_sharded() throws IOException {
        String script = Files.readString(SCRIPT);
        String list = script.substring(script.indexOf("TENANT_COLLECTIONS = ["), script.indexOf("];"));

        assertThat(Pattern.compile("\"([a-z_]+)\"").matcher(list).results().map(name -> name.group(1)))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(EngineCollection.values())
                        .filter(each -> each.owner() == EngineCollection.Owner.TENANT)
                        .map(EngineCollection::collection)
                        .toList());
    }

    @Test
    void what_is_not_sharded_is_explained_where_the_others_are_sharded() throws IOException {
        String script = Files.readString(SCRIPT);
        String explanation = script.substring(script.indexOf("Not sharded"), script.indexOf("const SHARD_KEY"));

        assertThat(EngineCollection.values())
                .filteredOn(each -> each.owner() != EngineCollection.Owner.TENANT)
                .allSatisfy(each -> assertThat(explanation).contains(each.collection()));
    }

    @Test
    void a_sweep_looks_through_what_is_guarded_and_says_why() {
        assertThat(Sweep.values()).allSatisfy(sweep -> {
            assertThat(sweep.collection().owner()).isNotEqualTo(EngineCollection.Owner.NOBODY);
            assertThat(sweep.reason()).isNotBlank();
            assertThat(Sweep.marked(sweep.comment())).contains(sweep);
        });
    }
}
