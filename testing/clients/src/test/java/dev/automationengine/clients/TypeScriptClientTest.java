package dev.automationengine.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(Lifecycle.PER_CLASS)
class TypeScriptClientTest {
    private static final Path CLIENT = Path.of(System.getProperty("typescript.client"));
    private static final Path PROGRAMS = Path.of("src/test/typescript").toAbsolutePath();

    private TypeScriptCompiler compiler;

    @BeforeAll
    void unpack(@TempDir Path directory) throws Exception {
        compiler = new TypeScriptCompiler(directory);
    }

    @AfterAll
    void close() throws Exception {
        compiler.close();
    }

    @Test
    void the_client_compiles_with_a_program_that_uses_it() throws Exception {
        assertThat(compiler.compile(CLIENT, PROGRAMS.resolve("use.ts"))).isEmpty();
    }

    @Test
    void a_program_that_uses_it_wrongly_does_not_compile() throws Exception {
        assertThat(compiler.compile(CLIENT, PROGRAMS.resolve("wrong.ts")))
                .hasSize(3)
                .allMatch(finding -> finding.contains("wrong.ts:"));
    }
}
