package io.adaos.hub.projection.room.branch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ListEditTest {

    @Test
    void edits_ofEqualLists_areNone() {
        // Given
        List<String> same = List.of("a", "b");

        // When
        List<ListEdit> edits = ListEdit.between(same, same);

        // Then
        assertEquals(List.of(), edits);
    }

    @Test
    void edits_whenTheOldestLeavesAndOneIsAdded_touchOnlyThese() {
        // Given
        List<String> shown = List.of("a", "b", "c");

        // When
        List<ListEdit> edits = ListEdit.between(shown, List.of("b", "c", "d"));

        // Then
        assertEquals(List.of(new ListEdit.Remove(0, 1), new ListEdit.Insert(2, List.of("d"))),
                edits);
    }

    @Test
    void edits_ofRandomLists_alwaysEndAtWhatIsWanted() {
        // Given
        long seed = new Random().nextLong();
        Random random = new Random(seed);

        for (int round = 0; round < 2_000; round++) {
            List<Object> shown = randomList(random);
            List<Object> wanted = randomList(random);

            // When
            List<Object> result = new ArrayList<>(shown);
            for (ListEdit edit : ListEdit.between(shown, wanted)) {
                if (edit instanceof ListEdit.Insert insert) {
                    result.addAll(insert.index(), insert.values());
                } else if (edit instanceof ListEdit.Remove remove) {
                    result.subList(remove.index(), remove.index() + remove.count()).clear();
                }
            }

            // Then
            assertEquals(wanted, result, "seed " + seed + ", from " + shown);
        }
    }

    private static List<Object> randomList(Random random) {
        List<Object> list = new ArrayList<>();
        for (int i = random.nextInt(8); i > 0; i--) {
            list.add(String.valueOf((char) ('a' + random.nextInt(6))));
        }
        return list;
    }
}
