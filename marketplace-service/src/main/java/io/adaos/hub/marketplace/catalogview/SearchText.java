package io.adaos.hub.marketplace.catalogview;

import java.text.Normalizer;
import java.util.Locale;

/** Text made comparable for search: compatibility forms, case and their Unicode oddities folded. */
public final class SearchText {

    private SearchText() {
    }

    /** The folded form; two texts that differ in case or composition only have the same one. */
    public static String fold(String text) {
        return isPlain(text) ? text.toLowerCase(Locale.ROOT) : foldUnicode(text);
    }

    private static boolean isPlain(String text) {
        return text.chars().allMatch(unit -> unit < 0x80);
    }

    /**
     * Upper case first, as it alone spells out sharp s and ligatures; then lower case letter by
     * letter, as the lower case of a whole text depends on where a sigma stands.
     */
    private static String foldUnicode(String text) {
        String upper = Normalizer.normalize(text, Normalizer.Form.NFKC).toUpperCase(Locale.ROOT);
        StringBuilder folded = new StringBuilder(upper.length());
        upper.codePoints().map(Character::toLowerCase).forEach(folded::appendCodePoint);
        return Normalizer.normalize(folded, Normalizer.Form.NFC);
    }
}
