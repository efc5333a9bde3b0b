package io.adaos.hub.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class HubCommandTest {

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(strings = {"", "dance", "up --port-base many", "up --unknown", "down extra",
        "status --port-base 1", "check-skill", "check-skill no-such-folder",
        "push", "push --sign key x", "up --port-base 70000"})
    void execute_wrongCommandLine_exitsWithTwoAndSaysWhy(String line) {
        // Given
        String[] arguments = line.isEmpty() ? new String[0] : line.split(" ");

        // When
        int exitCode = execute(arguments);

        // Then
        assertEquals(2, exitCode);
        assertTrue(err.toString().length() > 0);
    }

    @Test
    void execute_help_namesEveryCommandAndTheExitCodesOfPush() {
        // Given
        int help = execute("--help");

        // When
        int pushHelp = execute("push", "--help");

        // Then
        assertEquals(0, help + pushHelp);
        for (String word : new String[] {
            "up", "down", "status", "push", "check-skill", "test", "75", "HUB_URL"}) {
            assertTrue(out.toString().contains(word), word);
        }
    }

    @Test
    void status_noHub_exitsWithOne() {
        // Given
        String data = folder.toString();

        // When
        int exitCode = execute("status", "--data", data, "--json");

        // Then
        assertEquals(1, exitCode);
        assertTrue(out.toString().contains("\"state\" : \"down\""), out.toString());
    }

    @Test
    void down_noHub_isDone() {
        // Given
        String data = folder.toString();

        // When
        int exitCode = execute("down", "--data", data);

        // Then
        assertEquals(0, exitCode);
        assertTrue(out.toString().startsWith("no hub has run in " + data), out.toString());
    }

    private int execute(String... arguments) {
        CommandLine commandLine = HubCommand.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(arguments);
    }
}
