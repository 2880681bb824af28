package dev.automationengine.systemtests.secrets;

import java.util.List;
import java.util.function.BiConsumer;
import org.redisson.Redisson;
import org.redisson.api.RType;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;

/** Everything that a Redis holds, as text. */
final class RedisContent {
    private RedisContent() {}

    /** Hands out each key with all that lies under it. */
    static void read(String host, int port, BiConsumer<String, String> use) {
        RedissonClient redis = open(host, port);
        try {
            List<String> keys = redis.getKeys().getKeysStream().toList();
            keys.forEach(key -> use.accept(key, text(redis, key)));
        } finally {
            redis.shutdown();
        }
    }

    static RedissonClient open(String host, int port) {
        Config config = new Config();
        config.useSingleServer()
                .setAddress("redis://" + host + ":" + port)
                .setConnectionMinimumIdleSize(1)
                .setConnectionPoolSize(2);
        return Redisson.create(config);
    }

    private static String text(RedissonClient redis, String key) {
        StringCodec codec = StringCodec.INSTANCE;
        RType type = redis.getKeys().getType(key);
        if (type == null) {
            // Expired meanwhile.
            return "";
        }
        return switch (type) {
            case OBJECT -> String.valueOf(redis.getBucket(key, codec).get());
            case MAP -> redis.getMap(key, codec).readAllMap().toString();
            case LIST -> redis.getList(key, codec).readAll().toString();
            case SET -> redis.getSet(key, codec).readAll().toString();
            case ZSET -> redis.getScoredSortedSet(key, codec).readAll().toString();
            default -> throw new AssertionError("the scan cannot read " + key + ", a " + type);
        };
    }
}
