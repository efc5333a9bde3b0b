package io.adaos.hub.projection.crdt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** One object for each client, however many there are. */
class ClientTableTest {
    private static Map<Long, ClientStructs> fill(ClientTable table, int count) {
        Map<Long, ClientStructs> made = new HashMap<>();
        Random random = new Random(7);
        for (int i = 0; i < count; i++) {
            long id = i % 3 == 0 ? i : i % 3 == 1 ? (long) i << 32 : random.nextLong() >>> 11;
            made.put(id, table.client(id));
        }
        return made;
    }

    @Test
    void clients_ofManyIds_areFoundAgain() {
        // Given
        ClientTable table = new ClientTable();

        // When
        Map<Long, ClientStructs> made = fill(table, 5000);

        // Then
        made.forEach((id, client) -> assertSame(client, table.client(id)));
        assertEquals(made.size(), table.count());
        assertEquals(new HashSet<>(made.values()), new HashSet<>(table.all()));
        assertNull(table.known(4));
    }

    @Test
    void tableOverAnother_newClients_showInItAlone() {
        // Given
        ClientTable base = new ClientTable();
        ClientStructs known = base.client(1);
        ClientTable table = new ClientTable(base);

        // When
        ClientStructs added = table.client(2);

        // Then
        assertSame(known, table.client(1));
        assertNull(base.known(2));
        assertNotSame(added, base.client(2));
    }

    @Test
    void adopt_clientOfAnotherTable_isTheOneThatIsFound() {
        // Given
        ClientTable table = new ClientTable();
        ClientStructs client = new ClientStructs(9);

        // When
        table.adopt(client);
        table.adopt(client);

        // Then
        assertSame(client, table.known(9));
        assertEquals(1, table.count());
    }
}
