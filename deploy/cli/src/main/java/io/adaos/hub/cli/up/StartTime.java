package io.adaos.hub.cli.up;

import java.time.Clock;

/** When a person pressed enter: the script notes it, before the first JVM has started. */
record StartTime(long epochMillis, Clock clock) {
    private static final String PROPERTY = "hub.started";

    static StartTime ofThisCommand() {
        return of(System.getProperty(PROPERTY, ""), Clock.systemUTC());
    }

    /** @param epochSeconds with a fraction, as bash writes it; what cannot be read means now */
    static StartTime of(String epochSeconds, Clock clock) {
        try {
            double seconds = Double.parseDouble(epochSeconds.replace(',', '.'));
            return new StartTime(Math.round(seconds * 1_000), clock);
        } catch (NumberFormatException e) {
            return new StartTime(clock.millis(), clock);
        }
    }

    /** Whole seconds since then, at least one. */
    long seconds() {
        return Math.max(1, Math.round((clock.millis() - epochMillis) / 1_000.0));
    }

    /** For a further JVM of the same command. */
    String asProperty() {
        return "-D" + PROPERTY + "=" + epochMillis / 1_000.0;
    }
}
