package io.adaos.hub.projection.ystore;

import java.util.zip.CRC32C;

/** The checksum that every stored payload carries. */
final class Checksum {

    private Checksum() {
    }

    /** CRC-32C of the bytes, 0 to 2^32-1. */
    static long of(byte[] payload) {
        CRC32C crc = new CRC32C();
        crc.update(payload);
        return crc.getValue();
    }
}
