package dev.automationengine.polling.source;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/**
 * What was seen of a source, by hashes of 128 bits. Immutable.
 *
 * @param hashes of identities
 */
record Seen(Set<UUID> hashes) {
    static final Seen NOTHING = new Seen(Set.of());

    private static final int BYTES = 2 * Long.BYTES;

    Seen {
        hashes = Set.copyOf(hashes);
    }

    static Seen of(Collection<String> identities) {
        Set<UUID> hashes = new HashSet<>();
        identities.forEach(identity -> hashes.add(hash(identity)));
        return new Seen(hashes);
    }

    boolean has(String identity) {
        return hashes.contains(hash(identity));
    }

    byte[] toBytes() {
        ByteBuffer bytes = ByteBuffer.allocate(hashes.size() * BYTES);
        hashes.forEach(hash -> bytes.putLong(hash.getMostSignificantBits()).putLong(hash.getLeastSignificantBits()));
        return bytes.array();
    }

    static Seen read(byte[] bytes) {
        Set<UUID> hashes = HashSet.newHashSet(bytes.length / BYTES);
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.remaining() >= BYTES) {
            hashes.add(new UUID(buffer.getLong(), buffer.getLong()));
        }
        return new Seen(hashes);
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
