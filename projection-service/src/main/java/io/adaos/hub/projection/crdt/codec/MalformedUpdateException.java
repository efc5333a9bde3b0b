package io.adaos.hub.projection.crdt.codec;

/** The bytes are not what they claim to be. Says where, so a bad peer can be found from the log. */
public final class MalformedUpdateException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int offset;

    /**
     * @param what what is wrong, in a few words
     * @param offset position of the first byte of the wrong part, from 0
     */
    public MalformedUpdateException(String what, int offset) {
        super(what + " at byte " + offset);
        this.offset = offset;
    }

    /** Position of the first byte of the wrong part, from 0. */
    public int offset() {
        return offset;
    }
}
