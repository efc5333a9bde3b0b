package io.adaos.hub.cli;

import java.util.List;

/** A command cannot go on: says what is wrong and where, and every way out it knows. */
public final class CommandFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;
    private final transient List<String> waysOut;

    private CommandFailed(int exitCode, String what, List<String> waysOut) {
        super(what);
        this.exitCode = exitCode;
        this.waysOut = List.copyOf(waysOut);
    }

    /** The machine or the data folder does not allow it (exit code 1). */
    public static CommandFailed because(String what, String... waysOut) {
        return new CommandFailed(1, what, List.of(waysOut));
    }

    /** The command line asks for something that cannot be meant (exit code 2). */
    public static CommandFailed usage(String what, String... waysOut) {
        return new CommandFailed(2, what, List.of(waysOut));
    }

    /** With an exit code that the command documents. */
    public static CommandFailed withCode(int exitCode, String what, String... waysOut) {
        return new CommandFailed(exitCode, what, List.of(waysOut));
    }

    public int exitCode() {
        return exitCode;
    }

    public List<String> waysOut() {
        return waysOut;
    }

    /** The message for people: the fault on the first line, one way out on each further one. */
    public String text() {
        StringBuilder text = new StringBuilder("error: ").append(getMessage());
        for (String way : waysOut) {
            text.append(System.lineSeparator()).append("  way out: ").append(way);
        }
        return text.toString();
    }
}
