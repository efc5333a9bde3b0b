package io.adaos.hub.runtime.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NativeTypesTest {

    private static final Path MAIN = Path.of("src/main/java/io/adaos/hub");

    /** Read from the source, as the annotation is gone at run time. */
    @Test
    void everyWireRecord_isNamed() throws IOException {
        // Given
        String named = Files.readString(MAIN.resolve("runtime/http/NativeTypes.java"));
        List<String> records;
        try (Stream<Path> files = Files.walk(MAIN.resolve("contracts"))) {
            records = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(NativeTypesTest::holdsRecord)
                    .map(file -> file.getFileName().toString().replace(".java", ""))
                    .filter(name -> !name.equals("SubjectToken"))
                    .toList();
        }

        // When
        List<String> missing = records.stream()
                .filter(name -> !named.contains(" " + name + ".class"))
                .toList();

        // Then
        assertFalse(records.isEmpty());
        assertEquals(List.of(), missing);
    }

    private static boolean holdsRecord(Path file) {
        try {
            return Pattern.compile("(?m)^public record ").matcher(Files.readString(file)).find();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
