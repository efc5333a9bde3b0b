package io.adaos.hub.cli.supervise;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("x.log");
    }

    @Test
    void newLines_fileGrows_givesWholeLinesOnce() throws IOException {
        // Given
        Files.writeString(file, "old\n");
        LogFile log = new LogFile(file, 1_000).fromHere();

        // When
        append("ein Gruß\nhal");
        List<String> first = log.newLines();
        append("b\n");
        List<String> second = log.newLines();

        // Then
        assertEquals(List.of("ein Gruß"), first);
        assertEquals(List.of("halb"), second);
        assertEquals(List.of(), log.newLines());
    }

    @Test
    void newLines_noFile_isEmpty() throws IOException {
        // Given
        LogFile log = new LogFile(file, 1_000).fromHere();

        // When
        List<String> lines = log.newLines();

        // Then
        assertEquals(List.of(), lines);
    }

    @Test
    void rotateWhenFull_tooLong_movesTheContentAsideAndFollowsOn() throws IOException {
        // Given
        LogFile log = new LogFile(file, 10).fromHere();
        append("more than ten bytes\n");
        log.newLines();

        // When
        log.rotateWhenFull();
        append("new\n");

        // Then
        assertEquals("more than ten bytes\n", Files.readString(folder.resolve("x.log.1")));
        assertEquals(List.of("new"), log.newLines());
    }

    private void append(String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
