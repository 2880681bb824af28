package dev.automationengine.kit.background;

import java.util.List;
import org.springframework.context.SmartLifecycle;

/** All loops of a service. They end together, so that several rounds that hang delay a stop no longer than one. */
final class BackgroundLoops implements SmartLifecycle {
    private final List<BackgroundLoop> loops;
    private volatile boolean running;

    BackgroundLoops(List<BackgroundLoop> loops) {
        this.loops = List.copyOf(loops);
    }

    @Override
    public void start() {
        running = true;
        loops.forEach(BackgroundLoop::start);
    }

    @Override
    public void stop() {
        running = false;
        loops.stream()
                .map(loop -> Thread.ofVirtual().start(loop::stop))
                .toList()
                .forEach(BackgroundLoops::join);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private static void join(Thread stopping) {
        try {
            stopping.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
