package io.adaos.hub.projection.details;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.adaos.hub.projection.details.DetailsShelf.Kept;
import io.adaos.hub.projection.details.DetailsShelf.Verdict;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whether a value has its place: what is there, what the client knows, and how much fits. */
class DetailsShelfTest {

    private static final Preconditions ALWAYS = new Preconditions(null, null);
    private static final DetailsValue VALUE = DetailsValue.of(12L);

    @Test
    void value_thatIsThere_isTheSame() {
        // Given
        DetailsShelf shelf = new DetailsShelf(Map.of("log", new Kept(VALUE.etag(), 2)));

        // When
        Verdict verdict = shelf.place("log", VALUE, ALWAYS, slot -> true);

        // Then
        assertEquals(new Verdict.Same(), verdict);
    }

    @Test
    void preconditions_areComparedBeforeAnythingElse() {
        // Given
        DetailsShelf shelf = new DetailsShelf(Map.of("log", new Kept("\"old\"", 2)));

        // When
        List<Verdict> verdicts = List.of(
                shelf.place("log", VALUE, new Preconditions("\"old\"", null), slot -> true),
                shelf.place("log", VALUE, new Preconditions("*", null), slot -> true),
                shelf.place("log", VALUE, new Preconditions("\"older\"", null), slot -> true),
                shelf.place("log", VALUE, new Preconditions("W/\"old\"", null), slot -> true),
                shelf.place("log", VALUE, new Preconditions(null, "*"), slot -> true),
                shelf.place("new", VALUE, new Preconditions("*", null), slot -> true),
                shelf.place("new", VALUE, new Preconditions(null, "*"), slot -> true));

        // Then
        Verdict fits = new Verdict.Fits(List.of());
        Verdict stale = new Verdict.Stale(Optional.of("\"old\""));
        assertEquals(List.of(fits, fits, stale, stale, stale,
                new Verdict.Stale(Optional.empty()), fits), verdicts);
    }

    @Test
    void bytes_ofAllSlotsTogether_areBounded_andAnOldValueMakesRoomForItsNewOne() {
        // Given
        long other = DetailsShelf.BYTES_MAX - 2;
        DetailsShelf full = new DetailsShelf(Map.of(
                "other", new Kept("a", other), "log", new Kept("b", 2)));

        // When
        Verdict same = full.place("log", VALUE, ALWAYS, slot -> true);
        Verdict more = full.place("third", VALUE, ALWAYS, slot -> true);

        // Then
        assertEquals(new Verdict.Fits(List.of()), same);
        assertEquals(new Verdict.Full("bytes", DetailsShelf.BYTES_MAX + 2, DetailsShelf.BYTES_MAX),
                more);
    }

    @Test
    void slots_areBounded_andThoseNoLongerDeclaredMakeRoom() {
        // Given
        Map<String, Kept> kept = new HashMap<>();
        for (int i = 0; i < DetailsShelf.SLOTS_MAX; i++) {
            kept.put("log." + i, new Kept("x", 1));
        }
        DetailsShelf full = new DetailsShelf(kept);

        // When
        Verdict refused = full.place("new", VALUE, ALWAYS, slot -> true);
        Verdict withdrawn = full.place("new", VALUE, ALWAYS, slot -> !slot.equals("log.7"));

        // Then
        assertEquals(new Verdict.Full("slots", 257, 256), refused);
        assertEquals(new Verdict.Fits(List.of("log.7")), withdrawn);
    }
}
