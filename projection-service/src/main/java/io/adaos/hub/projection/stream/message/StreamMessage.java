package io.adaos.hub.projection.stream.message;

/**
 * One message to listeners, ready to be sent.
 *
 * @param key a newer message of the same key makes this one superfluous
 * @param rank what becomes of it when its reader is slow
 * @param frame the JSON text
 * @param afterGap the text for a reader who did not get the message before it; mostly the same
 */
public record StreamMessage(String key, Rank rank, String frame, String afterGap) {

    /** What becomes of messages when a reader is slow. */
    public enum Rank {
        /** Newest wins, the oldest are dropped. */
        STREAM,
        /** The same with more room: small, and of one publisher only. */
        CONTROL,
        /** Never dropped: who takes no answers is closed. */
        ANSWER
    }

    /** A value that stands for itself. */
    public static StreamMessage value(String topic, String frame) {
        return new StreamMessage(topic, Rank.STREAM, frame, frame);
    }

    /** What has changed; a reader who missed the one before is sent the other frame. */
    public static StreamMessage delta(String key, String frame, String afterGap) {
        return new StreamMessage(key, Rank.STREAM, frame, afterGap);
    }

    /** News for publishers. */
    public static StreamMessage control(String key, String frame) {
        return new StreamMessage(key, Rank.CONTROL, frame, frame);
    }

    /** An answer; its number makes it one of its own. */
    public static StreamMessage answer(long number, String frame) {
        return new StreamMessage("ack " + number, Rank.ANSWER, frame, frame);
    }

    /** Whether a reader must know that messages of its key were left out. */
    boolean tellsOfGaps() {
        return !afterGap.equals(frame);
    }

    /** The same for a reader who missed the message before it. */
    StreamMessage behindGap() {
        return new StreamMessage(key, rank, afterGap, afterGap);
    }
}
