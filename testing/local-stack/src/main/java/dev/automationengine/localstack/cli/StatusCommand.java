package dev.automationengine.localstack.cli;

import dev.automationengine.localstack.fleet.ProcessView;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "status", description = "Show every process. Exit code 0: all are ready, 3: not all.")
final class StatusCommand implements Callable<Integer> {
    private static final int NOT_ALL_READY = 3;
    private static final double MEBIBYTE = 1 << 20;

    @Mixin
    private EngineOptions options = new EngineOptions();

    @Override
    public Integer call() {
        List<ProcessView> all = options.fleet().status();
        options.say(String.format("%-22s %8s %6s  %-9s %11s %9s", "PROCESS", "PID", "PORT", "STATE", "MEMORY", "CPU"));
        all.forEach(this::row);
        options.say(String.format(
                "%-22s %8s %6s  %-9s %7.0f MiB %7.1f s",
                "total",
                "",
                "",
                "",
                all.stream().mapToLong(ProcessView::residentBytes).sum() / MEBIBYTE,
                seconds(all.stream().map(ProcessView::cpu).reduce(Duration.ZERO, Duration::plus))));
        return all.stream().allMatch(view -> view.state() == ProcessView.State.READY) ? 0 : NOT_ALL_READY;
    }

    private void row(ProcessView view) {
        options.say(String.format(
                "%-22s %8s %6d  %-9s %7.0f MiB %7.1f s",
                view.instance().label(),
                view.pid() == 0 ? "-" : Long.toString(view.pid()),
                view.port(),
                view.state().name().toLowerCase(Locale.ROOT),
                view.residentBytes() / MEBIBYTE,
                seconds(view.cpu())));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
