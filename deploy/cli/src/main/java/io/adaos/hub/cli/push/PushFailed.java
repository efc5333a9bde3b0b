package io.adaos.hub.cli.push;

import java.util.List;

/** One artifact was not published; the others may still be. */
final class PushFailed extends Exception {
    private static final long serialVersionUID = 1L;

    private final PushExit exit;
    private final transient List<String> details;

    private PushFailed(PushExit exit, String what, List<String> details) {
        super(what);
        this.exit = exit;
        this.details = List.copyOf(details);
    }

    static PushFailed because(PushExit exit, String what, String wayOut) {
        return new PushFailed(exit, what, List.of("way out: " + wayOut));
    }

    /** With all that is wrong, each with its own remedy. */
    static PushFailed withFaults(PushExit exit, String what, List<String> faults) {
        return new PushFailed(exit, what, faults);
    }

    PushExit exit() {
        return exit;
    }

    /** Further lines for people. */
    List<String> details() {
        return details;
    }
}
