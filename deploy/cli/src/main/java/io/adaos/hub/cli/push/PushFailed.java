package io.adaos.hub.cli.push;

import java.util.List;

/** One artifact was not published; the others may still be. */
final class PushFailed extends Exception {
    private static final long serialVersionUID = 1L;

    private final PushExit exit;
    private final transient List<String> details;

    PushFailed(PushExit exit, String what, String... details) {
        super(what);
        this.exit = exit;
        this.details = List.of(details);
    }

    PushExit exit() {
        return exit;
    }

    /** Further lines for people: single faults, ways out. */
    List<String> details() {
        return details;
    }
}
