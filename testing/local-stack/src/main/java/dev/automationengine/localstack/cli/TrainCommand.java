package dev.automationengine.localstack.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "train", description = "Make the AOT caches that are missing, for a quick start. up does it too.")
final class TrainCommand implements Runnable {
    @Mixin
    private EngineOptions options = new EngineOptions();

    @Override
    public void run() {
        options.fleet().train();
    }
}
