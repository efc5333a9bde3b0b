package io.adaos.hub.projection.ystore;

import io.adaos.hub.contracts.id.WebspaceId;

/**
 * A whole document as one update, at a generation, with its checksum.
 *
 * <p>The payload is shared, not copied; nobody may change it.
 */
public record DocSnapshot(
        WebspaceId webspace, long generation, long epoch, byte[] payload, long crc) {

    /** A new snapshot; the checksum is computed. */
    public static DocSnapshot of(Lease lease, long generation, byte[] payload) {
        return new DocSnapshot(
                lease.webspace(), generation, lease.epoch(), payload, Checksum.of(payload));
    }

    /** Whether the payload is what was once written. */
    public boolean isIntact() {
        return crc == Checksum.of(payload);
    }
}
