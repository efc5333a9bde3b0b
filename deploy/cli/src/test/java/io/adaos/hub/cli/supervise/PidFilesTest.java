package io.adaos.hub.cli.supervise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PidFilesTest {

    @TempDir
    Path folder;

    @Test
    void write_liveProcess_isFoundAgainAndThePidFileHoldsThePidAlone() throws IOException {
        // Given
        PidFiles files = new PidFiles(folder);
        PidFiles.Entry entry = new PidFiles.Entry(thisProcess(), "how");

        // When
        files.write("one", entry);

        // Then
        assertEquals(entry, files.findAlive("one").orElseThrow());
        assertEquals(thisProcess().pid() + "\n", Files.readString(folder.resolve("one.pid")));
    }

    @Test
    void findAlive_recycledPid_isEmpty() throws IOException {
        // Given
        PidFiles files = new PidFiles(folder);
        ProcessIdentity earlier = new ProcessIdentity(thisProcess().pid(), "another boot:1");

        // When
        files.write("one", new PidFiles.Entry(earlier, "how"));

        // Then
        assertTrue(files.findAlive("one").isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "garbage", "12\n", "-1\nx\ny\n", "99999999999999999999\na\nb\n"})
    void findAlive_damagedFile_isEmpty(String text) throws IOException {
        // Given
        Files.writeString(folder.resolve("one.pid"), thisProcess().pid() + "\n");

        // When
        Files.writeString(folder.resolve("one.start"), text);

        // Then
        assertTrue(new PidFiles(folder).findAlive("one").isEmpty());
    }

    @Test
    void delete_written_leavesNothing() throws IOException {
        // Given
        PidFiles files = new PidFiles(folder);
        files.write("one", new PidFiles.Entry(thisProcess(), "how"));

        // When
        files.delete("one");

        // Then
        assertFalse(Files.exists(folder.resolve("one.pid")));
        assertFalse(Files.exists(folder.resolve("one.start")));
    }

    private static ProcessIdentity thisProcess() {
        return ProcessIdentity.of(ProcessHandle.current().pid()).orElseThrow();
    }
}
