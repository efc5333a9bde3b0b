package io.adaos.hub.projection.room.member;

/**
 * Why a socket is closed by the server. 44xx is final for unmodified clients, 10xx heals by itself.
 */
public enum CloseReason {
    MALFORMED(4400, "malformed"),
    UNAUTHENTICATED(4401, "no valid token"),
    NOT_ALLOWED(4403, "not allowed"),
    WEBSPACE_UNKNOWN(4404, "unknown webspace"),
    TOO_SLOW(4408, "too slow"),
    BLOCKED(4429, "writes too much"),
    TOO_BIG(1009, "frame too big"),
    INTERNAL(1011, "internal error"),
    RESTART(1012, "service restart"),
    TRY_LATER(1013, "try again later");

    private final int code;
    private final String text;

    CloseReason(int code, String text) {
        this.code = code;
        this.text = text;
    }

    /** The websocket close code. */
    public int code() {
        return code;
    }

    /** A few words for the close frame. */
    public String text() {
        return text;
    }
}
