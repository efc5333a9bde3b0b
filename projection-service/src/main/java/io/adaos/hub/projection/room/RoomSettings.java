package io.adaos.hub.projection.room;

import io.adaos.hub.projection.room.mailbox.MailboxLimits;
import io.adaos.hub.projection.room.upkeep.SleepSettings;
import io.adaos.hub.projection.ystore.CompactionPolicy;
import java.time.Duration;

/**
 * How rooms work.
 *
 * @param mailbox how much may wait, and how much is one generation
 * @param compaction when a log becomes a snapshot
 * @param appendRetryFirst pause before a failed append is tried again; doubles
 * @param appendRetryMax longest such pause
 * @param heartbeat how often acknowledging clients are told the generation
 * @param silenceMax other clients hear something at least this often
 * @param gatherWindow batches that come closer to each other than this are told together
 * @param sleep when rooms sleep
 */
public record RoomSettings(
        MailboxLimits mailbox,
        CompactionPolicy compaction,
        Duration appendRetryFirst,
        Duration appendRetryMax,
        Duration heartbeat,
        Duration silenceMax,
        Duration gatherWindow,
        SleepSettings sleep) {

    /** The settings of production. */
    public static final RoomSettings DEFAULT = new RoomSettings(
            MailboxLimits.DEFAULT, new CompactionPolicy(1_000, 4L << 20),
            Duration.ofMillis(100), Duration.ofSeconds(2),
            Duration.ofSeconds(2), Duration.ofSeconds(20), Duration.ofMillis(20),
            SleepSettings.DEFAULT);

    /** The same with another window. */
    public RoomSettings gathering(Duration window) {
        return new RoomSettings(mailbox, compaction, appendRetryFirst, appendRetryMax,
                heartbeat, silenceMax, window, sleep);
    }

    /** The same with another sleep. */
    public RoomSettings sleeping(SleepSettings other) {
        return new RoomSettings(mailbox, compaction, appendRetryFirst, appendRetryMax,
                heartbeat, silenceMax, gatherWindow, other);
    }
}
