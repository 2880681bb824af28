package dev.automationengine.systemtests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A guarantee whose test is gone is none. */
class SecurityDocumentTest {
    private static final Path ROOT = Path.of("../..");
    private static final Pattern TEST = Pattern.compile("`([A-Z][A-Za-z]+Test)`");

    @Test
    void every_test_that_a_document_relies_on_exists() throws IOException {
        Set<String> named = new TreeSet<>();
        for (String document :
                new String[] {"security.md", "reliability.md", "runbooks/hardening.md", "runbooks/key-rotation.md"}) {
            TEST.matcher(Files.readString(ROOT.resolve("docs").resolve(document)))
                    .results()
                    .map((MatchResult match) -> match.group(1))
                    .forEach(named::add);
        }

        assertThat(named).hasSizeGreaterThan(20);
        assertThat(existing()).containsAll(named);
    }

    private static Set<String> existing() throws IOException {
        try (Stream<Path> files = Files.find(
                ROOT,
                20,
                (path, is) -> path.toString().contains("src/test/java/")
                        && path.toString().endsWith("Test.java"))) {
            return files.map(path -> path.getFileName().toString().replace(".java", ""))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
