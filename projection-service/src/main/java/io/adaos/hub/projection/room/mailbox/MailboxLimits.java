package io.adaos.hub.projection.room.mailbox;

/**
 * How much may wait for a room's writer, and how much it does at a time.
 *
 * @param laneCommandsMax writes of one owner that may wait
 * @param laneBytesMax bytes of these; a single larger write may wait alone
 * @param batchMax writes in one generation, and reads before it
 * @param batchBytesMax bytes after which a batch takes no further write
 */
public record MailboxLimits(
        int laneCommandsMax, long laneBytesMax, int batchMax, long batchBytesMax) {

    /** The limits of production. */
    public static final MailboxLimits DEFAULT = new MailboxLimits(64, 2L << 20, 512, 1L << 20);

    public MailboxLimits {
        if (laneCommandsMax < 1 || laneBytesMax < 1 || batchMax < 1 || batchBytesMax < 1) {
            throw new IllegalArgumentException("limits of a mailbox must be positive");
        }
    }
}
