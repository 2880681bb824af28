package dev.automationengine.localstack.fleet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What the operating system tells about a process.
 *
 * @param paused whether it was stopped by a signal and waits to go on
 * @param residentBytes memory it holds; 0 if unknown
 */
record ProcessFacts(boolean paused, long residentBytes) {
    private static final long KILOBYTE = 1024;

    /** Looks at a process; of one that is gone nothing is known. */
    static ProcessFacts of(long pid) {
        Path status = Path.of("/proc", Long.toString(pid), "status");
        try {
            return Files.exists(status) ? fromProc(Files.readAllLines(status)) : fromPs(pid);
        } catch (IOException gone) {
            return new ProcessFacts(false, 0);
        }
    }

    private static ProcessFacts fromProc(List<String> status) {
        return new ProcessFacts(
                status.stream().anyMatch(line -> line.startsWith("State:\tT")),
                status.stream()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .mapToLong(ProcessFacts::kilobytes)
                        .findFirst()
                        .orElse(0));
    }

    private static ProcessFacts fromPs(long pid) throws IOException {
        Process ps = new ProcessBuilder("ps", "-o", "state=,rss=", "-p", Long.toString(pid)).start();
        String line = new String(ps.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        return new ProcessFacts(line.startsWith("T"), kilobytes(line));
    }

    private static long kilobytes(String text) {
        String digits = text.replaceAll("[^0-9]", "");
        return digits.isEmpty() ? 0 : Long.parseLong(digits) * KILOBYTE;
    }
}
