package dev.automationengine.connectors.vault;

/**
 * What a pass has done so far.
 *
 * @param wrapped data keys that were wrapped with the newest master key
 * @param encrypted credentials that were encrypted with their organization's newest data key
 * @param failed data keys and credentials that could not be read
 */
record RotationCounts(long wrapped, long encrypted, long failed) {
    static final RotationCounts NONE = new RotationCounts(0, 0, 0);
    static final RotationCounts WRAPPED = new RotationCounts(1, 0, 0);
    static final RotationCounts ENCRYPTED = new RotationCounts(0, 1, 0);
    static final RotationCounts FAILED = new RotationCounts(0, 0, 1);

    RotationCounts plus(RotationCounts other) {
        return new RotationCounts(wrapped + other.wrapped, encrypted + other.encrypted, failed + other.failed);
    }
}
