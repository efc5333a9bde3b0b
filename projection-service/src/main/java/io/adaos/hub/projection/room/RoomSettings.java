package io.adaos.hub.projection.room;

import io.adaos.hub.projection.ystore.CompactionPolicy;
import java.time.Duration;

/**
 * How rooms work.
 *
 * @param writesMax writes of plain values that may wait in one room
 * @param batchMax commands in one generation
 * @param compaction when a log becomes a snapshot
 * @param appendRetryFirst pause before a failed append is tried again; doubles
 * @param appendRetryMax longest such pause
 * @param heartbeat how often acknowledging clients are told the generation
 * @param silenceMax other clients hear something at least this often
 */
public record RoomSettings(
        int writesMax,
        int batchMax,
        CompactionPolicy compaction,
        Duration appendRetryFirst,
        Duration appendRetryMax,
        Duration heartbeat,
        Duration silenceMax) {

    /** The settings of production. */
    public static final RoomSettings DEFAULT = new RoomSettings(
            1_024, 512, new CompactionPolicy(1_000, 4L << 20),
            Duration.ofMillis(100), Duration.ofSeconds(2),
            Duration.ofSeconds(2), Duration.ofSeconds(20));
}
