package dev.automationengine.localstack.infrastructure;

import java.nio.file.Path;

/** A broker as a process of its own; its data survives {@code kill -9}. */
public final class KafkaProcess {
    private KafkaProcess() {}

    /** Runs until it is killed: data directory, port, port of the controller. */
    public static void main(String[] args) {
        KafkaBroker broker = KafkaBroker.start(Path.of(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]));
        Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "kafka-stop"));
        System.out.println("Kafka at " + broker.bootstrap());
    }
}
