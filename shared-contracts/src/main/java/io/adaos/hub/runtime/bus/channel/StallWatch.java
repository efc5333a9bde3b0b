package io.adaos.hub.runtime.bus.channel;

/**
 * Notices a reading that stands still although there is more to read, whatever the reason. A reader
 * that is merely slow is opened anew as well, which costs little and loses nothing.
 */
final class StallWatch {

    private static final int CHECKS_MAX = 4;

    private long seenTaken = -1;
    private int checks;

    /**
     * One look, every other second.
     *
     * @param taken last message the channel took
     * @param stored last message of the stream
     */
    boolean isStalled(long taken, long stored) {
        if (taken >= stored || taken != seenTaken) {
            seenTaken = taken;
            checks = 0;
            return false;
        }
        checks++;
        return checks >= CHECKS_MAX;
    }
}
