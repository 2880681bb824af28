package dev.automationengine.localstack.infrastructure;

import java.nio.file.Path;

/** A MongoDB-wire server as a process of its own; its data survives {@code kill -9}. */
public final class MongoProcess {
    private MongoProcess() {}

    /** Runs until it is killed: data directory, port. */
    public static void main(String[] args) {
        MongoStore store = MongoStore.inFile(Path.of(args[0]).resolve("mongo.h2"), Integer.parseInt(args[1]));
        Runtime.getRuntime().addShutdownHook(new Thread(store::close, "mongo-stop"));
        System.out.println("MongoDB at " + store.url(""));
    }
}
