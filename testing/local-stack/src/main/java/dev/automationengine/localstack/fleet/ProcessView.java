package dev.automationengine.localstack.fleet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * How a process is.
 *
 * @param member which one
 * @param pid its process id; 0 if it does not run
 * @param port what it listens on
 * @param state what a person wants to know
 * @param residentBytes memory it holds; 0 if unknown
 * @param cpu processor time since its start
 */
public record ProcessView(Member member, long pid, int port, State state, long residentBytes, Duration cpu) {
    /** What a person wants to know. */
    public enum State {
        /** Serves. */
        READY,
        /** Runs, but does not serve (yet). */
        STARTING,
        /** Does not run. */
        STOPPED
    }

    static ProcessView stopped(Member member, int port) {
        return new ProcessView(member, 0, port, State.STOPPED, 0, Duration.ZERO);
    }

    static ProcessView of(Member member, ProcessHandle handle, int port, boolean ready) {
        return new ProcessView(
                member,
                handle.pid(),
                port,
                ready ? State.READY : State.STARTING,
                residentBytes(handle.pid()).orElse(0),
                handle.info().totalCpuDuration().orElse(Duration.ZERO));
    }

    private static OptionalLong residentBytes(long pid) {
        try {
            Path status = Path.of("/proc", Long.toString(pid), "status");
            String kilobytes = Files.exists(status)
                    ? Files.readAllLines(status).stream()
                            .filter(line -> line.startsWith("VmRSS:"))
                            .findFirst()
                            .orElse("0")
                    : fromPs(pid);
            String digits = kilobytes.replaceAll("[^0-9]", "");
            return digits.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(digits) * 1024);
        } catch (IOException gone) {
            return OptionalLong.empty();
        }
    }

    private static String fromPs(long pid) throws IOException {
        Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(pid)).start();
        return new String(ps.getInputStream().readAllBytes());
    }
}
