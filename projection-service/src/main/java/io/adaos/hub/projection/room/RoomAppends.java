package io.adaos.hub.projection.room;

import io.adaos.hub.projection.room.lease.Tenure;
import io.adaos.hub.projection.ystore.AppendResult;
import io.adaos.hub.projection.ystore.LogRow;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Brings one row at a time into the log, however often that has to be tried. Writer only. */
final class RoomAppends {

    private static final Duration DOUBT_PAUSE = Duration.ofMillis(50);

    /** The room, as it hears what became of its rows. */
    interface Listener {

        /** Whether nobody is interested any more. */
        boolean isOver();

        /** The log holds the row, and nobody else can own the webspace. */
        void appended(LogRow row);

        /** The log did not take the row; it is tried again until it does. */
        void appendFailed(LogRow row, Throwable failure);

        /** Another epoch has taken the webspace; the log will never take the row. */
        void epochLost();

        /** The room ended before it was known what became of the row. */
        void appendAbandoned();
    }

    private final RoomServices services;
    private final Tenure tenure;
    private final Executor writer;
    private final Listener room;

    RoomAppends(RoomServices services, Tenure tenure, Executor writer, Listener room) {
        this.services = services;
        this.tenure = tenure;
        this.writer = writer;
        this.room = room;
    }

    /** Begins with a row; the listener hears of its end. */
    void start(LogRow row) {
        append(row, services.settings().appendRetryFirst());
    }

    /** Tells readers of what the log holds after a pause, when nobody else can be the owner. */
    void tellLater(Duration pause, Runnable telling) {
        later(pause, () -> {
            if (!room.isOver() && tenure.isCertain()) {
                telling.run();
            } else if (!room.isOver()) {
                tellLater(DOUBT_PAUSE, telling);
            }
        });
    }

    private void append(LogRow row, Duration retryAfter) {
        services.store().log().append(row).whenComplete((result, failure) ->
                writer.execute(() -> {
                    if (room.isOver()) {
                        room.appendAbandoned();
                    } else if (failure != null) {
                        retry(row, retryAfter, failure);
                    } else if (result instanceof AppendResult.EpochLost) {
                        room.epochLost();
                    } else {
                        tell(row);
                    }
                }));
    }

    private void retry(LogRow row, Duration retryAfter, Throwable failure) {
        room.appendFailed(row, failure);
        Duration max = services.settings().appendRetryMax();
        Duration doubled = retryAfter.multipliedBy(2);
        Duration next = doubled.compareTo(max) < 0 ? doubled : max;
        later(retryAfter, () -> append(row, next));
    }

    /** What the log took is told when nobody else can be the owner, and never if somebody is. */
    private void tell(LogRow row) {
        if (room.isOver()) {
            room.appendAbandoned();
        } else if (tenure.isCertain()) {
            room.appended(row);
        } else {
            later(DOUBT_PAUSE, () -> tell(row));
        }
    }

    private void later(Duration pause, Runnable task) {
        services.timer().schedule(() -> writer.execute(task),
                pause.toNanos(), TimeUnit.NANOSECONDS);
    }
}
