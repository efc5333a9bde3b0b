package io.adaos.hub.bench.crdt;

/** The generator of all inputs: mulberry32, which is easily written in any language. */
final class Rng {
    private int state;

    Rng(int seed) {
        this.state = seed;
    }

    private long next() {
        state += 0x6D2B79F5;
        int t = state;
        t = (t ^ t >>> 15) * (t | 1);
        t ^= t + (t ^ t >>> 7) * (t | 61);
        return Integer.toUnsignedLong(t ^ t >>> 14);
    }

    /** A number from {@code low} to {@code high}, both included. */
    int between(int low, int high) {
        return low + (int) (next() % (high - low + 1L));
    }

    boolean coin() {
        return (next() & 1) == 1;
    }

    /** Small letters, {@code low} to {@code high} of them. */
    String word(int low, int high) {
        int length = between(low, high);
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append((char) ('a' + next() % 26));
        }
        return text.toString();
    }
}
