package io.adaos.hub.projection.governance.pressure;

import java.time.Duration;

/**
 * From which rates an owner is warned, slowed down and refused, and the pace of one slowed down.
 *
 * @param bytes bytes a second
 * @param writes writes a second
 * @param spacing least time between two flushes of what is pending
 */
public record PressureThresholds(Rate bytes, Rate writes, Duration spacing) {

    /** The values of the original load marks. */
    public static final PressureThresholds DEFAULT = new PressureThresholds(
            new Rate(32_768, 131_072, 262_144), new Rate(8, 32, 64), Duration.ofMillis(350));

    /** A write that brings more than so many times the bytes of a blocked second is refused. */
    private static final int RECEIVED_FACTOR = 8;

    /** Three rising marks of one kind, each per second. */
    public record Rate(double high, double critical, double block) {
        public Rate {
            if (!(0 < high && high < critical && critical < block
                    && block < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("marks must rise from above 0: high " + high
                        + ", critical " + critical + ", block " + block);
            }
        }

        /** The mark from which a state begins. */
        double of(PolicyState state) {
            return switch (state) {
                case OK -> 0;
                case WARN -> high;
                case THROTTLE -> critical;
                case BLOCK -> block;
            };
        }

        private Rate warningFrom(double mark) {
            return new Rate(Math.min(high, mark), critical, block);
        }

        private Rate scaled(double factor) {
            return new Rate(high * factor, critical * factor, block * factor);
        }
    }

    public PressureThresholds {
        if (spacing.toMillis() < 1 || spacing.compareTo(Duration.ofMinutes(1)) > 0) {
            throw new IllegalArgumentException(
                    "spacing must be 1 ms to 1 min, not " + spacing);
        }
    }

    /** The same with every mark so many times as high. */
    public PressureThresholds scaled(double factor) {
        return new PressureThresholds(bytes.scaled(factor), writes.scaled(factor), spacing);
    }

    /** The same with a warning from these rates on, if they are lower than the marks for it. */
    public PressureThresholds warningFrom(double bytesPerSecond, double writesPerSecond) {
        return new PressureThresholds(bytes.warningFrom(bytesPerSecond),
                writes.warningFrom(writesPerSecond), spacing);
    }

    /** Bytes one flush may take beyond its first value. */
    public long flushBytes() {
        return (long) (bytes.critical() * spacing.toMillis() / 1000);
    }

    /** How long after a flush of so many bytes the next one waits. */
    public long flushWaitMillis(long flushedBytes) {
        long paced = (long) Math.ceil(flushedBytes * 1000 / bytes.critical());
        return Math.max(spacing.toMillis(), paced);
    }

    /** Received bytes of one second, changed or not, above which a write is refused. */
    public long receivedBytesMax() {
        return (long) (RECEIVED_FACTOR * bytes.block());
    }
}
