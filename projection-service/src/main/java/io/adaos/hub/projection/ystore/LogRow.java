package io.adaos.hub.projection.ystore;

import io.adaos.hub.contracts.id.WebspaceId;

/**
 * One generation of a document: an update in the v1 format, with its checksum.
 *
 * <p>The payload is shared, not copied; nobody may change it.
 */
public record LogRow(
        WebspaceId webspace, long generation, long epoch, byte[] payload, long crc) {

    /** A new row; the checksum is computed. */
    public static LogRow of(Lease lease, long generation, byte[] payload) {
        return new LogRow(
                lease.webspace(), generation, lease.epoch(), payload, Checksum.of(payload));
    }

    /** Whether the payload is what was once written. */
    public boolean isIntact() {
        return crc == Checksum.of(payload);
    }
}
