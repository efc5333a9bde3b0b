package io.adaos.hub.registry.actions.canonical;

/** The bytes are not JSON as we take it; says where as a JSON pointer, and what is wrong. */
public final class MalformedJsonException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String path;
    private final String code;

    MalformedJsonException(String path, String code, String message) {
        super(message, null, false, false);
        this.path = path;
        this.code = code;
    }

    /** The member or item at fault, a JSON pointer; empty for the text as a whole. */
    public String path() {
        return path;
    }

    /** A stable word, such as {@code name_duplicate}. */
    public String code() {
        return code;
    }
}
