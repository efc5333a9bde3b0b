package io.adaos.hub.operations.notification;

/**
 * How many notifications are read that were not before.
 *
 * @param more some may be left; sending it again goes on
 */
public record ReadAnswer(int read, boolean more) {

    /** So many are marked by one request at most. */
    static final int READ_MAX = 1_000;

    static ReadAnswer of(int read) {
        return new ReadAnswer(read, read == READ_MAX);
    }
}
