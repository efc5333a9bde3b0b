package io.adaos.hub.operations.retention;

import java.time.Duration;

/**
 * What is kept of the past: the newest by count, and everything that is younger than an age; but
 * never more than a total, which bounds the table whoever fills it.
 *
 * @param operationsKept ended operations per webspace
 * @param notificationsKept notifications per webspace
 * @param youngerThan nothing younger is deleted before the total is reached
 * @param total ended operations of all webspaces together, and as many notifications
 */
public record RetentionPolicy(
        int operationsKept, int notificationsKept, Duration youngerThan, int total) {

    /** What readers show: fewer must never be kept. */
    static final int OPERATIONS_SHOWN = 20;
    static final int NOTIFICATIONS_SHOWN = 40;

    public RetentionPolicy {
        if (operationsKept < OPERATIONS_SHOWN || notificationsKept < NOTIFICATIONS_SHOWN) {
            throw new IllegalArgumentException("at least " + OPERATIONS_SHOWN
                    + " operations and " + NOTIFICATIONS_SHOWN
                    + " notifications are kept per webspace, as many as are shown");
        }
        if (youngerThan.isNegative()) {
            throw new IllegalArgumentException("an age is not negative: " + youngerThan);
        }
        if (total < Math.max(operationsKept, notificationsKept)) {
            throw new IllegalArgumentException("a total of " + total
                    + " is less than what is kept of one webspace");
        }
    }
}
