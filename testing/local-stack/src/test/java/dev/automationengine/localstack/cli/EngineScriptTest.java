package dev.automationengine.localstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the script {@code engine} with nothing on the PATH but the tools that every system has. */
class EngineScriptTest {
    private static final Path SCRIPT = Path.of(System.getProperty("engine.root", "../.."), "engine");

    @TempDir
    Path directory;

    @BeforeEach
    void onlyTheToolsThatEverySystemHas() throws IOException {
        Files.createDirectories(directory.resolve("bin"));
        for (String tool : List.of("sed", "dirname", "readlink")) {
            Path found = Stream.of("/bin", "/usr/bin")
                    .map(bin -> Path.of(bin, tool))
                    .filter(Files::isExecutable)
                    .findFirst()
                    .orElseThrow();
            Path script = directory.resolve("bin").resolve(tool);
            executable(Files.writeString(script, "#!/bin/sh\nexec " + found + " \"$@\"\n"));
        }
    }

    @Test
    void java_home_is_taken_if_it_is_new_enough() throws Exception {
        Path jdk = jdk("jdks/home", "25.0.1");
        assertThat(engine(Map.of("JAVA_HOME", jdk.toString()), "jdk").output()).isEqualTo(jdk.toString());
    }

    @Test
    void an_old_java_home_does_not_hide_a_newer_jdk_of_the_system() throws Exception {
        Path old = jdk("old", "17.0.9");
        jdk("jdks/a-21", "21.0.4");
        Path fitting = jdk("jdks/b-26", "26-ea");
        assertThat(engine(Map.of("JAVA_HOME", old.toString()), "jdk").output()).isEqualTo(fitting.toString());
    }

    @Test
    void java_on_the_path_is_followed_to_its_home() throws Exception {
        Path jdk = jdk("somewhere/else", "25");
        Files.createSymbolicLink(directory.resolve("bin/java"), jdk.resolve("bin/java"));
        assertThat(engine(Map.of(), "jdk").output()).isEqualTo(jdk.toString());
    }

    @Test
    void a_run_time_without_compiler_does_not_do() throws Exception {
        Path jre = jdk("jdks/jre", "25");
        Files.delete(jre.resolve("bin/javac"));
        assertThat(engine(Map.of(), "jdk").code()).isEqualTo(1);
    }

    @Test
    void without_a_jdk_it_says_what_is_needed_and_where_it_looked() throws Exception {
        Result result = engine(Map.of(), "demo");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.output())
                .contains(
                        "JDK 25",
                        "JAVA_HOME (not set)",
                        directory.resolve("jdks").toString());
    }

    @Test
    void without_maven_it_says_so() throws Exception {
        jdk("jdks/25", "25");
        Result result = engine(Map.of(), "mvn", "validate");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.output()).contains("Maven 3.8");
    }

    @Test
    void maven_gets_the_jdk_and_the_arguments() throws Exception {
        Path jdk = jdk("jdks/25", "25");
        Path maven = Files.createDirectories(directory.resolve("maven/bin")).resolve("mvn");
        executable(Files.writeString(maven, "#!/bin/sh\necho \"$JAVA_HOME $*\"\n"));
        assertThat(engine(Map.of("MAVEN_HOME", directory.resolve("maven").toString()), "test", "-Dinfra=embedded")
                        .output())
                .isEqualTo(jdk + " -B verify -Dinfra=embedded");
    }

    @Test
    void the_fault_suite_runs_alone() throws Exception {
        jdk("jdks/25", "25");
        Path maven = Files.createDirectories(directory.resolve("maven/bin")).resolve("mvn");
        executable(Files.writeString(maven, "#!/bin/sh\necho \"$*\"\n"));
        assertThat(engine(
                                Map.of("MAVEN_HOME", directory.resolve("maven").toString()),
                                "test",
                                "faults",
                                "-Dfaults.only=kafka")
                        .output())
                .contains("-pl testing/system-tests -am verify", "-Dgroups=faults", "-Dtest=FaultSuiteTest")
                .endsWith("-Dfaults.only=kafka");
    }

    private Path jdk(String name, String version) throws IOException {
        Path home = directory.resolve(name);
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"Test\"\nJAVA_VERSION=\"" + version + "\"\n");
        for (String tool : List.of("java", "javac")) {
            executable(Files.createFile(home.resolve("bin").resolve(tool)));
        }
        return home;
    }

    private static void executable(Path file) {
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private Result engine(Map<String, String> variables, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("bash", SCRIPT.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.put("PATH", directory.resolve("bin").toString());
        environment.put("HOME", directory.toString());
        environment.put("ENGINE_JDK_DIRS", directory.resolve("jdks").toString());
        environment.putAll(variables);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return new Result(process.exitValue(), output);
    }

    private record Result(int code, String output) {}
}
