package io.adaos.hub.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** What a person sees: one line per step, kept in a log file as well when there is one. */
public final class Console {
    private final PrintWriter out;
    private final Optional<Path> log;

    public Console(PrintWriter out) {
        this(out, Optional.empty());
    }

    private Console(PrintWriter out, Optional<Path> log) {
        this.out = out;
        this.log = log;
    }

    /** Shows nothing: for a process that has no terminal. */
    public static Console unseen() {
        return new Console(new PrintWriter(Writer.nullWriter()));
    }

    /** The same console, whose lines are also appended to a file, each with its time. */
    public Console alsoTo(Path file) {
        return new Console(out, Optional.of(file));
    }

    public void line(String text) {
        show(text);
        log.ifPresent(file -> append(file, Instant.now().truncatedTo(ChronoUnit.SECONDS) + " "
                + text));
    }

    /** A line of such a log as it was shown. */
    public static String withoutTime(String logged) {
        return logged.replaceFirst("^[0-9-]{10}T[0-9:]{8}Z ", "");
    }

    /** For the eyes only: links with tokens and the children's own lines are not logged again. */
    public synchronized void show(String text) {
        out.println(text);
        out.flush();
    }

    private static void append(Path file, String text) {
        try {
            Files.write(file, (text + System.lineSeparator()).getBytes(StandardCharsets.UTF_8),
                    StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            // The terminal has shown the line; a log that cannot be written must not stop the hub.
            return;
        }
    }
}
