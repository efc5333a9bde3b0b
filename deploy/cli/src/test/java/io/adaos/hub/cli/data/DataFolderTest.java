package io.adaos.hub.cli.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.cli.CommandFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataFolderTest {

    @TempDir
    Path folder;

    @Test
    void create_newFolder_makesTheLayout() {
        // Given
        DataFolder data = new DataFolder(folder.resolve("a/b"));

        // When
        data.create();

        // Then
        for (String name : new String[] {"run", "logs", "nats", "pg", "workspace", "secrets"}) {
            assertTrue(Files.isDirectory(folder.resolve("a/b").resolve(name)), name);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"taken", "taken/below", "folder"})
    void create_aFileInTheWay_saysWhichAndTheWayOut(String name) throws IOException {
        // Given
        Files.writeString(folder.resolve("taken"), "");
        Files.createDirectory(folder.resolve("folder"));
        Files.writeString(folder.resolve("folder/pg"), "");

        // When
        CommandFailed failed = assertThrows(CommandFailed.class,
                () -> new DataFolder(folder.resolve(name)).create());

        // Then
        assertEquals(1, failed.exitCode());
        assertTrue(failed.text().contains(folder.resolve("taken").toString())
                || failed.text().contains(folder.resolve("folder/pg").toString()),
                failed.text());
        assertTrue(failed.text().contains("--data DIR"), failed.text());
    }

    @Test
    void state_writtenAndRead_isTheSame() throws IOException {
        // Given
        DataFolder data = new DataFolder(folder);
        data.create();
        HubState state = new HubState(42, HubState.Phase.READY,
                new HubAddress("127.0.0.1", 9_000), 7, EnumSet.of(HubPart.REGISTRY));

        // When
        state.write(data);

        // Then
        assertEquals(Optional.of(state), HubState.read(data));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "pid=x", "pid=1\nphase=DANCING\nhost=h\nport_base=1\n", "\\u00"})
    void state_damaged_isAsGoodAsAbsent(String text) throws IOException {
        // Given
        DataFolder data = new DataFolder(folder);
        data.create();

        // When
        Files.writeString(data.run().resolve("hub.state"), text);

        // Then
        assertEquals(Optional.empty(), HubState.read(data));
    }

    @Test
    void lock_held_isGivenToNobodyElseUntilClosed() throws IOException {
        // Given
        DataFolder data = new DataFolder(folder);
        data.create();
        HubLock first = HubLock.tryAcquire(data).orElseThrow();

        // When
        Optional<HubLock> second = HubLock.tryAcquire(data);
        first.close();

        // Then
        assertTrue(second.isEmpty());
        try (HubLock third = HubLock.tryAcquire(data).orElseThrow()) {
            assertTrue(third != first);
        }
    }
}
