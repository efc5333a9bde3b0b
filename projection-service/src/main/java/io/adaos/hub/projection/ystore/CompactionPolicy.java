package io.adaos.hub.projection.ystore;

/**
 * When a log is long enough to be replaced by a snapshot.
 *
 * @param rowsMax rows since the last snapshot
 * @param bytesMax payload bytes since the last snapshot
 */
public record CompactionPolicy(int rowsMax, long bytesMax) {

    public CompactionPolicy {
        if (rowsMax < 1 || bytesMax < 1) {
            throw new IllegalArgumentException("compaction limits start at 1");
        }
    }

    /** Whether a log of this length is due; a log shorter than the document itself is not. */
    public boolean isDue(int rows, long bytes, long snapshotBytes) {
        return rows >= rowsMax || bytes >= Math.max(bytesMax, snapshotBytes);
    }
}
