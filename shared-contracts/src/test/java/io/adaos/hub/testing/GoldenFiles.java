package io.adaos.hub.testing;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.adaos.hub.runtime.http.HubJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Samples of what crosses a wire, kept byte for byte; pretty printed with two spaces. */
public final class GoldenFiles {

    private static final ObjectWriter WRITER = HubJson.mapper().writer(printer());

    private GoldenFiles() {
    }

    /** The text of a sample below {@code src/test/resources/golden}. */
    public static String read(String name) {
        try {
            return Files.readString(Path.of("src/test/resources/golden", name));
        } catch (IOException e) {
            throw new UncheckedIOException("no golden file " + name, e);
        }
    }

    /** A value as a golden file would hold it, with a line feed at the end. */
    public static String print(Object value) {
        try {
            return WRITER.writeValueAsString(value) + "\n";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DefaultPrettyPrinter printer() {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                .withObjectEmptySeparator("")
                .withArrayEmptySeparator(""));
        printer.indentObjectsWith(indenter);
        printer.indentArraysWith(indenter);
        return printer;
    }
}
