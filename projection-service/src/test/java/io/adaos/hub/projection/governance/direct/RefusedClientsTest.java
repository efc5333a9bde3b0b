package io.adaos.hub.projection.governance.direct;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.adaos.hub.contracts.id.OwnerId;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.governance.evidence.OwnerKey;
import io.adaos.hub.projection.governance.evidence.WriteReason;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RefusedClientsTest {

    private static final OwnerKey ANN =
            OwnerKey.of(WebspaceId.DESKTOP, new OwnerId("user:ann"));
    private static final OwnerKey BOB =
            OwnerKey.of(WebspaceId.DESKTOP, new OwnerId("user:bob"));

    private final RefusedClients clients = new RefusedClients();

    @Test
    void clientThatComesBack_isDiscarded_andListed() {
        // Given
        clients.refused(ANN, List.of(7L, 8L), WriteReason.PATH_NOT_ALLOWED, 1_000);

        // When
        Optional<WriteReason> first = clients.discard(ANN, List.of(5L, 7L), 2_000);
        clients.discard(ANN, List.of(7L), 3_000);

        // Then
        assertEquals(Optional.of(WriteReason.PATH_NOT_ALLOWED), first);
        assertEquals(List.of(new RefusedClient("desktop", ANN.owner(), 7,
                WriteReason.PATH_NOT_ALLOWED, 2, 3_000)), clients.rows());
    }

    @Test
    void clientOfAnotherOwnerOrWebspace_isNotConcerned() {
        // Given
        clients.refused(ANN, List.of(7L), WriteReason.PATH_NOT_ALLOWED, 1_000);

        // When
        Optional<WriteReason> bob = clients.discard(BOB, List.of(7L), 2_000);
        Optional<WriteReason> elsewhere = clients.discard(
                OwnerKey.of(new WebspaceId("lab"), ANN.owner()), List.of(7L), 2_000);

        // Then
        assertEquals(Optional.empty(), bob);
        assertEquals(Optional.empty(), elsewhere);
        assertEquals(List.of(), clients.rows());
    }

    @Test
    void clients_areBounded_thoseSilentLongestGoFirst() {
        // Given
        clients.refused(ANN, List.of(1L), WriteReason.PATH_NOT_ALLOWED, 1);
        clients.refused(ANN, List.of(2L), WriteReason.PATH_NOT_ALLOWED, 2);
        clients.discard(ANN, List.of(1L), 3);

        // When
        for (long client = 10; client < 10 + 4_095; client++) {
            clients.refused(BOB, List.of(client), WriteReason.PATH_NOT_ALLOWED, client);
        }

        // Then
        assertEquals(Optional.of(WriteReason.PATH_NOT_ALLOWED),
                clients.discard(ANN, List.of(1L), 9_000));
        assertEquals(Optional.empty(), clients.discard(ANN, List.of(2L), 9_000));
    }
}
