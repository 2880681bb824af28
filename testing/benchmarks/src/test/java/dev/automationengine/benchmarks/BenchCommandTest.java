package dev.automationengine.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class BenchCommandTest {
    @ParameterizedTest
    @ValueSource(strings = {"--rate=0", "--rate=-1", "--rate=NaN", "--seconds=0", "--warmup=4", "throughput"})
    void what_can_not_be_measured_is_a_usage_error_before_anything_is_touched(String argument) {
        StringWriter errors = new StringWriter();
        int code = new CommandLine(new BenchCommand())
                .setErr(new PrintWriter(errors))
                .execute(argument);
        assertThat(code).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(errors.toString()).contains("Usage: bench");
    }
}
