package io.adaos.hub.projection.crdt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The newest item of each key, with few and with many keys. */
class KeyEntriesTest {
    private static Item item(String key) {
        Item item = new Item(new ClientStructs(1), 0, ContentAny.ofOne(1L));
        item.parentSub = key;
        return item;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8, 9, 13, 100, 5000})
    void entries_setAgainAndAgain_keepTheOrderOfTheirKeys(int keys) {
        // Given: odd ones with as many digits have the same hash in Java
        Random random = new Random(keys);
        Map<String, Item> expected = new LinkedHashMap<>();
        KeyEntries entries = new KeyEntries();

        // When
        for (int i = 0; i < 4 * keys; i++) {
            int number = random.nextInt(keys);
            String key = number % 2 == 0 ? "k" + number
                    : Integer.toBinaryString(number).replace("0", "Aa").replace("1", "BB");
            Item item = item(key);
            entries.set(item);
            expected.put(key, item);
        }

        // Then
        List<Item> all = new ArrayList<>();
        entries.forEach(all::add);
        assertEquals(new ArrayList<>(expected.values()), all);
        expected.forEach((key, item) -> assertSame(item, entries.get(new String(key))));
        assertNull(entries.get("none"));
    }
}
