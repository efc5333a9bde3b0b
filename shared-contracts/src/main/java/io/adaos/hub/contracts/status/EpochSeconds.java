package io.adaos.hub.contracts.status;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** A moment as existing clients of status read it: seconds since 1970 with three decimals. */
public record EpochSeconds(@JsonValue BigDecimal value) implements Comparable<EpochSeconds> {

    private static final int DECIMALS = 3;

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public EpochSeconds {
        if (value == null) {
            throw new IllegalArgumentException("a moment is a number of seconds");
        }
        value = value.setScale(DECIMALS, RoundingMode.HALF_UP);
    }

    /** From epoch milliseconds. */
    public static EpochSeconds ofMillis(long millis) {
        return new EpochSeconds(BigDecimal.valueOf(millis, DECIMALS));
    }

    /** In epoch milliseconds. */
    public long toMillis() {
        return value.movePointRight(DECIMALS).longValueExact();
    }

    @Override
    public int compareTo(EpochSeconds other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
