package io.adaos.hub.projection.crdt.codec;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Writes numbers as JavaScript does. */
public final class JsNumber {
    /*
     * Notes.
     *
     * JavaScript writes the fewest digits that read back as the same number, and of those the
     * nearest (ECMA-262, Number::toString). Java's own form has other rules: always two digits,
     * and up to JDK 18 sometimes more digits than needed.
     */

    /** Numbers from here on, and those below the least plain one, are written with an exponent. */
    private static final double PLAIN_MAX = 1e21;
    private static final double PLAIN_MIN = 1e-6;

    private static final int DIGITS_MAX = 17;

    private JsNumber() {}

    /** The text of a number, also of those that are not finite; -0 is written 0. */
    public static String print(double number) {
        if (Double.isNaN(number) || number == 0) {
            return Double.isNaN(number) ? "NaN" : "0";
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? "Infinity" : "-Infinity";
        }
        BigDecimal digits = shortest(number).stripTrailingZeros();
        double size = Math.abs(number);
        if (size < PLAIN_MAX && size >= PLAIN_MIN) {
            return digits.toPlainString();
        }
        String unscaled = digits.unscaledValue().abs().toString();
        int exponent = unscaled.length() - 1 - digits.scale();
        return (number < 0 ? "-" : "") + unscaled.charAt(0)
                + (unscaled.length() > 1 ? "." + unscaled.substring(1) : "")
                + "e" + (exponent < 0 ? "-" : "+") + Math.abs(exponent);
    }

    private static BigDecimal shortest(double number) {
        BigDecimal exact = new BigDecimal(number);
        for (int digits = 1; digits < DIGITS_MAX; digits++) {
            BigDecimal below = exact.round(new MathContext(digits, RoundingMode.DOWN));
            BigDecimal above = exact.round(new MathContext(digits, RoundingMode.UP));
            boolean isBelow = below.doubleValue() == number;
            boolean isAbove = above.doubleValue() == number;
            if (isBelow && isAbove) {
                return exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            }
            if (isBelow || isAbove) {
                return isBelow ? below : above;
            }
        }
        return exact.round(new MathContext(DIGITS_MAX, RoundingMode.HALF_EVEN));
    }
}
