package io.adaos.hub.cli.push;

import java.util.Collection;

/** The exit codes of {@code hub push}; they are documented and stay as they are. */
enum PushExit {
    /** Published, or the very same content was published before. */
    DONE(0),
    USAGE(2),
    REJECTED(3),
    CONFLICT(4),
    NOT_ALLOWED(5),
    POLICY(6),
    TRY_AGAIN(75);

    private final int code;

    PushExit(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    /** @param problemCode the {@code code} of the problem body, or nothing */
    static PushExit of(int httpStatus, String problemCode) {
        if (httpStatus == 200 || httpStatus == 201) {
            return DONE;
        }
        if (problemCode.startsWith("policy")) {
            return POLICY;
        }
        return switch (httpStatus) {
            case 400, 413, 415, 422 -> REJECTED;
            case 401, 403 -> NOT_ALLOWED;
            case 409 -> CONFLICT;
            case 408, 425, 429 -> TRY_AGAIN;
            default -> httpStatus >= 500 ? TRY_AGAIN : USAGE;
        };
    }

    /** Of several artifacts: the first that needs a person, else the first that needs time. */
    static PushExit ofAll(Collection<PushExit> exits) {
        return exits.stream()
                .filter(exit -> exit != DONE && exit != TRY_AGAIN)
                .findFirst()
                .orElse(exits.contains(TRY_AGAIN) ? TRY_AGAIN : DONE);
    }
}
