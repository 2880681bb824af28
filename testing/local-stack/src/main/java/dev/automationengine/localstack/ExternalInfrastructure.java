package dev.automationengine.localstack;

/** Servers that somebody else runs. */
record ExternalInfrastructure(String kafka, String redis, String mongo) implements Infrastructure {
    static ExternalInfrastructure fromEnvironment() {
        return new ExternalInfrastructure(
                required("ENGINE_KAFKA"), required("ENGINE_REDIS"), required("ENGINE_MONGODB"));
    }

    private static String required(String name) {
        String value = System.getProperty(name, System.getenv().getOrDefault(name, ""));
        if (value.isBlank()) {
            throw new IllegalArgumentException("external infrastructure needs the address " + name);
        }
        return value;
    }
}
