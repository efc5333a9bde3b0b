package io.adaos.hub.projection.details;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * All details one artifact keeps in one webspace at the moment of a write, by slot. It decides; it
 * holds no values.
 */
record DetailsShelf(Map<String, Kept> kept) {

    /** Slots of one artifact in one webspace. */
    static final int SLOTS_MAX = 256;

    /** UTF-8 bytes of all of them together. */
    static final long BYTES_MAX = 8L << 20;

    /** What is known of one value. */
    record Kept(String etag, long bytes) {
    }

    DetailsShelf {
        kept = Map.copyOf(kept);
    }

    /** What becomes of a write. */
    sealed interface Verdict {

        /** It is kept, and these slots go, since nobody declares them any more. */
        record Fits(List<String> withdrawn) implements Verdict {
        }

        /** It is there already. */
        record Same() implements Verdict {
        }

        /** The client knows another state than the one there is. */
        record Stale(Optional<String> etag) implements Verdict {
        }

        /** There is no place for it. */
        record Full(String what, long observed, long limit) implements Verdict {
        }

        /** The artifact is not installed any more. */
        record Uninstalled() implements Verdict {
        }
    }

    /** Decides on a value; slots that are not declared any more need no place. */
    Verdict place(String slot, DetailsValue value, Preconditions conditions,
            Predicate<String> isDeclared) {
        Optional<String> etag = Optional.ofNullable(kept.get(slot)).map(Kept::etag);
        if (!conditions.permit(etag)) {
            return new Verdict.Stale(etag);
        }
        if (etag.equals(Optional.of(value.etag()))) {
            return new Verdict.Same();
        }
        List<String> withdrawn = kept.keySet().stream()
                .filter(isDeclared.negate()).sorted().toList();
        Map<String, Kept> others = new HashMap<>(kept);
        others.keySet().removeAll(withdrawn);
        others.remove(slot);
        long bytes = value.json().length
                + others.values().stream().mapToLong(Kept::bytes).sum();
        if (others.size() >= SLOTS_MAX) {
            return new Verdict.Full("slots", others.size() + 1L, SLOTS_MAX);
        }
        return bytes > BYTES_MAX
                ? new Verdict.Full("bytes", bytes, BYTES_MAX) : new Verdict.Fits(withdrawn);
    }
}
