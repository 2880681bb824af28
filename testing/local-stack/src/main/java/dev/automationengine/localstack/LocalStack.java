package dev.automationengine.localstack;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Kafka, Redis and MongoDB for tests. The system property {@code infra} says where they come from:
 *
 * <ul>
 *   <li>{@code embedded} (default): started on free ports at first use, once per JVM; gone when the JVM is, however it
 *       ends.
 *   <li>{@code containers}: started with Docker at first use, once per JVM. {@code infra.image.kafka}, {@code
 *       infra.image.redis} and {@code infra.image.mongodb} name other images.
 *   <li>{@code external}: running somewhere; {@code ENGINE_KAFKA}, {@code ENGINE_REDIS} and {@code ENGINE_MONGODB} (as
 *       property or environment variable) say where.
 * </ul>
 */
public final class LocalStack {
    private static final Pattern MONGO_URL = Pattern.compile("(mongodb(?:\\+srv)?://[^/?]+)(?:/[^?]*)?(\\?.*)?");

    private final Infrastructure infrastructure;

    LocalStack(Infrastructure infrastructure) {
        this.infrastructure = infrastructure;
    }

    /**
     * The stack of this JVM.
     *
     * @throws IllegalArgumentException if the property {@code infra} has an unknown value
     */
    public static LocalStack shared() {
        return Shared.STACK;
    }

    /** Addresses for {@code bootstrap.servers}. The broker starts at the first call. */
    public String kafkaBootstrap() {
        return infrastructure.kafka();
    }

    /** Addresses in the form {@code redis://host:port}, separated by commas. The server starts at the first call. */
    public String redisUrl() {
        return infrastructure.redis();
    }

    /**
     * Connection string of a database. The server starts at the first call.
     *
     * @param database its name; it need not exist
     */
    public String mongoUrl(String database) {
        String url = infrastructure.mongo();
        Matcher matcher = MONGO_URL.matcher(url);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a MongoDB connection string: " + url);
        }
        String options = matcher.group(2);
        return matcher.group(1) + "/" + database + (options == null ? "" : options);
    }

    private static final class Shared {
        static final LocalStack STACK = new LocalStack(Infrastructure.of(System.getProperty("infra", "embedded")));
    }
}
