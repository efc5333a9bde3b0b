package io.adaos.hub.cli.up;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.cli.CommandFailed;
import io.adaos.hub.cli.data.HubAddress;
import io.adaos.hub.cli.data.HubPart;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;

class PortCheckTest {

    @Test
    void requireFree_takenPort_namesPortPartHolderAndAnotherBase() throws IOException {
        // Given
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            HubAddress address = new HubAddress("127.0.0.1",
                    taken.getLocalPort() - HubPart.OPERATIONS.portOffset());

            // When
            CommandFailed failed = assertThrows(CommandFailed.class,
                    () -> PortCheck.requireFree(address, List.of(HubPart.OPERATIONS)));

            // Then
            assertEquals(1, failed.exitCode());
            assertTrue(failed.text().contains("port " + taken.getLocalPort()
                    + " (operations-service) is in use by"), failed.text());
            assertTrue(failed.text().contains("--port-base "), failed.text());
        }
    }

    @Test
    void requireFree_freedPort_isFine() throws IOException {
        // Given
        ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        HubAddress address = new HubAddress("127.0.0.1",
                taken.getLocalPort() - HubPart.NATS.portOffset());

        // When
        taken.close();

        // Then
        assertDoesNotThrow(() -> PortCheck.requireFree(address, List.of(HubPart.NATS)));
    }

    @Test
    void requireFree_addressOfAnotherMachine_saysSo() {
        // Given
        HubAddress address = new HubAddress("192.0.2.1", 20_000);

        // When
        CommandFailed failed = assertThrows(CommandFailed.class,
                () -> PortCheck.requireFree(address, List.of(HubPart.REGISTRY)));

        // Then
        assertTrue(failed.text().contains("no address of this machine"), failed.text());
    }
}
