package io.adaos.hub.operations.lifecycle.machine;

import io.adaos.hub.contracts.id.OperationId;
import java.time.Clock;
import java.util.random.RandomGenerator;

/** Makes names of operations: {@code op_}, ten characters of time, sixteen of chance. */
public final class OperationIds {

    /** Digits and lower-case letters that are not mistaken for each other. */
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int TIME_CHARS = 10;
    private static final int RANDOM_CHARS = 16;
    private static final int BITS = 5;
    private static final int MASK = (1 << BITS) - 1;

    private final Clock clock;
    private final RandomGenerator random;

    /** Ids sort by the clock's milliseconds; {@code random} must not be guessable. */
    public OperationIds(Clock clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    /** A name nobody has. */
    public OperationId next() {
        StringBuilder id = new StringBuilder("op_");
        long millis = clock.millis();
        for (int i = TIME_CHARS - 1; i >= 0; i--) {
            id.append(ALPHABET.charAt((int) (millis >>> (BITS * i)) & MASK));
        }
        for (int i = 0; i < RANDOM_CHARS; i++) {
            id.append(ALPHABET.charAt(random.nextInt() & MASK));
        }
        return new OperationId(id.toString());
    }
}
