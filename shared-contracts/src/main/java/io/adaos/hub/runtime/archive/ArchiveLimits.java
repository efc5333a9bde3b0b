package io.adaos.hub.runtime.archive;

/**
 * How much one archive may ask of us; checked before memory or disk is taken.
 *
 * @param archiveBytesMax bytes of the packed archive
 * @param unpackedBytesMax bytes of all unpacked files together
 * @param filesMax regular files
 * @param pathBytesMax UTF-8 bytes of one path; one segment has at most 255
 * @param depthMax segments of one path
 */
public record ArchiveLimits(
        long archiveBytesMax, long unpackedBytesMax, int filesMax, int pathBytesMax, int depthMax) {

    /** 64 MiB packed, 128 MiB unpacked, 10,000 files, 1,024 bytes and 32 segments a path. */
    public static final ArchiveLimits DEFAULT =
            new ArchiveLimits(64L << 20, 128L << 20, 10_000, 1_024, 32);

    /** What one segment of a path may take on common file systems. */
    static final int SEGMENT_BYTES_MAX = 255;

    /** Folders of one archive, whether it names them or only walks through them. */
    static final int FOLDERS_MAX = 20_000;

    /** Characters kept to tell the paths of one archive apart, those of its folders included. */
    static final int NAME_CHARS_MAX = 4 << 20;

    public ArchiveLimits {
        if (archiveBytesMax < 1 || unpackedBytesMax < 1 || filesMax < 1 || pathBytesMax < 1
                || depthMax < 1) {
            throw new IllegalArgumentException("every limit is at least 1");
        }
    }

    /** The default limits with other sizes. */
    public static ArchiveLimits of(long archiveBytesMax, long unpackedBytesMax, int filesMax) {
        return new ArchiveLimits(archiveBytesMax, unpackedBytesMax, filesMax,
                DEFAULT.pathBytesMax, DEFAULT.depthMax);
    }

    /** Entries of any type; directories count here only. */
    long entriesMax() {
        return 2L * filesMax;
    }
}
