package dev.automationengine.clients;

import com.caoccao.javet.exceptions.JavetException;
import com.caoccao.javet.interop.NodeRuntime;
import com.caoccao.javet.interop.V8Host;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Microsoft's TypeScript compiler, in a Node.js inside this JVM. */
final class TypeScriptCompiler implements AutoCloseable {
    private final JsonMapper json = JsonMapper.shared();
    private final NodeRuntime node;
    private final Path compiler;
    private final String script;

    /**
     * Unpacks the compiler.
     *
     * @param directory where to; it must be empty
     */
    TypeScriptCompiler(Path directory) throws IOException, URISyntaxException, JavetException {
        URI archive = Objects.requireNonNull(getClass().getResource("/META-INF/resources/webjars/typescript"))
                .toURI();
        try (FileSystem jar = FileSystems.newFileSystem(archive, Map.of());
                Stream<Path> files = Files.walk(jar.provider().getPath(archive))) {
            // The compiler and, beside it, the declarations of what JavaScript itself and browsers bring.
            for (Path file : files.filter(TypeScriptCompiler::isNeeded).toList()) {
                Files.copy(file, directory.resolve(file.getFileName().toString()));
            }
        }
        try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream("compile.js"))) {
            this.script = new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
        this.compiler = directory.resolve("typescript.js");
        this.node = V8Host.getNodeInstance().createV8Runtime();
    }

    /**
     * Compiles strictly, and writes nothing.
     *
     * @param client the generated client; files import it as {@code automation-engine-client}
     * @param file what to compile with all that it imports
     * @return what the compiler has against it, each with file and line
     */
    List<String> compile(Path client, Path file) throws JavetException {
        String arguments = json.writeValueAsString(List.of(compiler.toString(), client.toString(), file.toString()));
        String findings =
                node.getExecutor("(" + script + ")(..." + arguments + ")").executeString();
        return json.readValue(findings, new TypeReference<>() {});
    }

    @Override
    public void close() throws JavetException {
        node.close();
    }

    private static boolean isNeeded(Path file) {
        String path = file.toString();
        return path.endsWith("/lib/typescript.js") || path.matches(".*/lib/lib\\..*\\.d\\.ts|.*/lib/lib\\.d\\.ts");
    }
}
