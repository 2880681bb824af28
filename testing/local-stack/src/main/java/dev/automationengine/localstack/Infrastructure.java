package dev.automationengine.localstack;

/** Where the three servers are. */
sealed interface Infrastructure permits EmbeddedInfrastructure, ContainerInfrastructure, ExternalInfrastructure {
    /** {@code host:port,...}. */
    String kafka();

    /** {@code redis://host:port,...}. */
    String redis();

    /** Connection string; a database in it does not matter. */
    String mongo();

    /** The one that a value of the property {@code infra} names. */
    static Infrastructure of(String name) {
        return switch (name) {
            case "embedded" -> new EmbeddedInfrastructure();
            case "containers" -> new ContainerInfrastructure();
            case "external" -> ExternalInfrastructure.fromEnvironment();
            default ->
                throw new IllegalArgumentException("-Dinfra=" + name + " is not known. Use embedded (servers in this"
                        + " JVM), containers (started with Docker), or external (start them yourself and give their"
                        + " addresses as ENGINE_KAFKA, ENGINE_REDIS and ENGINE_MONGODB).");
        };
    }
}
