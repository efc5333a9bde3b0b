package io.adaos.hub.projection.crdt.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.projection.crdt.codec.MalformedUpdateException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AwarenessTest {
    private static final long OTHER = 7;

    private final Awareness awareness = new Awareness(1, 3);

    private static AwarenessUpdate news(long client, long clock, String state) {
        return new AwarenessUpdate(List.of(new AwarenessUpdate.Entry(client, clock, state)));
    }

    @Test
    void apply_onlyHigherClocks_areNews() {
        // When
        AwarenessChange first = awareness.apply(news(OTHER, 5, "{\"a\":1}"), 0);
        AwarenessChange old = awareness.apply(news(OTHER, 5, "{\"a\":2}"), 1);
        AwarenessChange next = awareness.apply(news(OTHER, 6, "{\"a\":3}"), 2);

        // Then
        assertEquals(List.of(OTHER), first.added());
        assertTrue(old.isEmpty());
        assertEquals(List.of(OTHER), next.updated());
        assertEquals(Map.of(OTHER, "{\"a\":3}"), awareness.states());
    }

    @Test
    void apply_goneAtTheKnownClock_removes() {
        // Given
        awareness.apply(news(OTHER, 5, "{}"), 0);

        // When
        AwarenessChange change = awareness.apply(news(OTHER, 5, AwarenessUpdate.GONE), 1);

        // Then
        assertEquals(List.of(OTHER), change.removed());
        assertEquals(Optional.empty(), awareness.state(OTHER));
        assertTrue(awareness.apply(news(OTHER, 5, "{}"), 2).isEmpty());
        assertEquals(List.of(OTHER), awareness.apply(news(OTHER, 6, "{}"), 3).added());
    }

    @Test
    void apply_thatWeAreGone_raisesOurClockInstead() {
        // Given
        awareness.setLocalState("{\"me\":true}", 0);

        // When
        awareness.apply(news(1, 9, AwarenessUpdate.GONE), 1);

        // Then
        assertEquals(List.of(new AwarenessUpdate.Entry(1, 10, "{\"me\":true}")),
                awareness.everybody().entries());
    }

    @Test
    void expire_silentClients_areGoneAndOursIsRenewed() {
        // Given
        awareness.setLocalState("{}", 0);
        awareness.apply(news(OTHER, 0, "{}"), 0);

        // When
        AwarenessUpdate early = awareness.expire(29_999);
        Optional<AwarenessUpdate> renewal = awareness.renew(15_000);
        AwarenessUpdate late = awareness.expire(30_000);

        // Then
        assertEquals(List.of(), early.entries());
        assertEquals(1, renewal.orElseThrow().entries().get(0).clock());
        assertEquals(List.of(new AwarenessUpdate.Entry(OTHER, 0, AwarenessUpdate.GONE)),
                late.entries());
        assertEquals(Map.of(1L, "{}"), awareness.states());
    }

    @Test
    void apply_moreClientsThanAllowed_areIgnoredUntilOthersAreForgotten() {
        // Given
        for (long client = 10; client < 13; client++) {
            awareness.apply(news(client, 0, "{}"), 0);
        }

        // When
        AwarenessChange tooMany = awareness.apply(news(99, 0, "{}"), 1);
        awareness.expire(30_000);
        awareness.expire(400_000);

        // Then
        assertTrue(tooMany.isEmpty());
        assertEquals(List.of(99L), awareness.apply(news(99, 0, "{}"), 400_001).added());
    }

    @Test
    void remove_clientsOfAClosedConnection_tellsOthers() throws MalformedUpdateException {
        // Given
        awareness.apply(news(OTHER, 4, "{}"), 0);

        // When
        AwarenessUpdate update = awareness.remove(List.of(OTHER, 8L), 1);

        // Then
        assertEquals(update, AwarenessUpdate.decode(update.encode()));
        assertTrue(update.entries().get(0).isGone());
        assertEquals(1, update.entries().size());
    }

    @Test
    void decode_stateThatIsNotJson_isRefused() {
        assertThrows(MalformedUpdateException.class,
                () -> AwarenessUpdate.decode(news(OTHER, 1, "{nope}").encode()));
        assertThrows(MalformedUpdateException.class,
                () -> AwarenessUpdate.decode(new byte[] {5, 1, 1}));
    }
}
