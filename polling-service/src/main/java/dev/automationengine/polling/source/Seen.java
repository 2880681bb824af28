package dev.automationengine.polling.source;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What was seen of a source, by hashes of 128 bits. Immutable.
 *
 * @param changes when it changed, in milliseconds since 1970, by the hash of its identity; 0 where the source tells no times
 */
record Seen(Map<UUID, Long> changes) {
    static final Seen NOTHING = new Seen(Map.of());

    private static final int BYTES = 3 * Long.BYTES;

    Seen {
        changes = Map.copyOf(changes);
    }

    /** All of this, of a source that tells no times. */
    static Seen of(Collection<String> identities) {
        return new Seen(identities.stream().collect(Collectors.toMap(Seen::hash, any -> 0L, (a, b) -> a)));
    }

    boolean has(String identity) {
        return changes.containsKey(hash(identity));
    }

    /**
     * This and more, without what changed before a time.
     *
     * @param most most that are kept, the newest
     */
    Seen and(Map<String, Instant> more, Instant since, int most) {
        Map<UUID, Long> all = new HashMap<>(changes);
        more.forEach((identity, changed) -> all.put(hash(identity), changed.toEpochMilli()));
        all.values().removeIf(changed -> changed < since.toEpochMilli());
        if (all.size() <= most) {
            return new Seen(all);
        }
        return new Seen(all.entrySet().stream()
                .sorted(Map.Entry.<UUID, Long>comparingByValue().reversed())
                .limit(most)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    byte[] toBytes() {
        ByteBuffer bytes = ByteBuffer.allocate(changes.size() * BYTES);
        changes.forEach((hash, changed) -> bytes.putLong(hash.getMostSignificantBits())
                .putLong(hash.getLeastSignificantBits())
                .putLong(changed));
        return bytes.array();
    }

    static Seen read(byte[] bytes) {
        Map<UUID, Long> changes = HashMap.newHashMap(bytes.length / BYTES);
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.remaining() >= BYTES) {
            changes.put(new UUID(buffer.getLong(), buffer.getLong()), buffer.getLong());
        }
        return new Seen(changes);
    }

    private static UUID hash(String identity) {
        try {
            ByteBuffer sha256 = ByteBuffer.wrap(
                    MessageDigest.getInstance("SHA-256").digest(identity.getBytes(StandardCharsets.UTF_8)));
            return new UUID(sha256.getLong(), sha256.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
