package io.adaos.hub.projection.crdt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.adaos.hub.projection.crdt.codec.MalformedUpdateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Long lists and texts, edited anywhere, against a naive list: chunks and markers are right. */
class ModelTest {

    @Test
    void text_editedAtRandom_equalsANaiveText() throws MalformedUpdateException {
        // Given
        Random random = new Random(4711);
        StringBuilder model = new StringBuilder();
        Doc doc = new Doc(1);
        Doc mirror = new Doc(2);
        YText text = doc.getText("t");

        for (int step = 0; step < 8000; step++) {
            // When
            int at = random.nextInt(model.length() + 1);
            boolean delete = at < model.length() && random.nextInt(3) == 0;
            int count = delete ? 1 + random.nextInt(Math.min(9, model.length() - at)) : 0;
            String word = Integer.toString(random.nextInt(100_000));
            mirror.apply(doc.transact("test", transaction -> {
                if (delete) {
                    text.delete(transaction, at, count);
                } else {
                    text.insert(transaction, at, word);
                }
            }), "test");
            if (delete) {
                model.delete(at, at + count);
            } else {
                model.insert(at, word);
            }
        }

        // Then
        assertEquals(model.toString(), text.toString());
        assertEquals(model.toString(), mirror.getText("t").toString());
        assertArrayEquals(doc.encodeStateAsUpdate(), mirror.encodeStateAsUpdate());
    }

    @Test
    void array_editedByTwoInTurns_equalsANaiveList() throws MalformedUpdateException {
        // Given
        Random random = new Random(815);
        List<Object> model = new ArrayList<>();
        List<Doc> docs = List.of(new Doc(1), new Doc(2));

        for (int step = 0; step < 4000; step++) {
            // When
            Doc author = docs.get(random.nextInt(2));
            YArray array = author.getArray("a");
            int at = random.nextInt(model.size() + 1);
            boolean delete = at < model.size() && random.nextInt(3) == 0;
            long value = step;
            byte[] update = author.transact("test", transaction -> {
                if (delete) {
                    array.remove(transaction, at, 1);
                } else {
                    array.insert(transaction, at, List.of(value, "v"));
                }
            });
            docs.get(author == docs.get(0) ? 1 : 0).apply(update, "test");
            if (delete) {
                model.remove(at);
            } else {
                model.addAll(at, List.of(value, "v"));
            }
            if (!model.isEmpty()) {
                int index = random.nextInt(model.size());
                assertEquals(model.get(index), array.get(index), "step " + step);
            }
        }

        // Then
        docs.forEach(doc -> assertEquals(model, doc.getArray("a").toJson()));
    }
}
