package io.adaos.hub.bench.crdt;

import java.util.ArrayList;
import java.util.List;

/** Lists of random edits; each is drawn as {@code workloads.mjs} draws it. */
final class Edits {
    private Edits() {}

    static List<Edit> appending(String text) {
        List<Edit> edits = new ArrayList<>();
        for (int i = 0; i < text.length(); i++) {
            edits.add(Edit.inserting(i, text.substring(i, i + 1)));
        }
        return edits;
    }

    static List<Edit> prepending(String text) {
        List<Edit> edits = new ArrayList<>();
        for (int i = 0; i < text.length(); i++) {
            edits.add(Edit.inserting(0, text.substring(i, i + 1)));
        }
        return edits;
    }

    /** One letter each, anywhere in a text that has {@code length} units before. */
    static List<Edit> insertingOne(Rng rng, int length, int count) {
        List<Edit> edits = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            edits.add(Edit.inserting(rng.between(0, length + k), rng.word(1, 1)));
        }
        return edits;
    }

    /** Words in and ranges out, anywhere in a text that is empty before. */
    static List<Edit> insertingOrDeleting(int seed, int count) {
        Rng rng = new Rng(seed);
        List<Edit> edits = new ArrayList<>();
        int length = 0;
        for (int k = 0; k < count; k++) {
            length += add(edits, insertOrDelete(rng, rng.between(0, length), length));
        }
        return edits;
    }

    /** A word in, then a word in or a range out at the same place. */
    static List<Edit> insertingAndDeleting(Rng rng, int start, int count) {
        List<Edit> edits = new ArrayList<>();
        int length = start;
        for (int k = 0; k < count; k++) {
            int index = rng.between(0, length);
            length += add(edits, Edit.inserting(index, rng.word(3, 9)));
            length += add(edits, insertOrDelete(rng, index, length));
        }
        return edits;
    }

    private static Edit insertOrDelete(Rng rng, int index, int length) {
        return index == length || rng.coin()
                ? Edit.inserting(index, rng.word(2, 10))
                : Edit.deleting(index, rng.between(1, Math.min(9, length - index)));
    }

    private static int add(List<Edit> edits, Edit edit) {
        edits.add(edit);
        return edit.insert().length() - edit.remove();
    }
}
