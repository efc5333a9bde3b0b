package io.adaos.hub.registry.actions.canonical;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Writes a double with the fewest digits that read back as the same double. */
final class ShortestDecimal {
    /*
     * Notes.
     *
     * Double.toString reads back, but is not enough: before JDK 19 it may write more digits than
     * needed (2.0E23 as 1.9999999999999998E23) or not the nearest ones, and every JDK writes two
     * digits where one would do (4.9E-324). So from its length on, fewer and fewer digits are
     * tried, for as long as one of the value's two neighbours of that length reads back. Both are
     * tried, as the interval of decimals that read back is not symmetric at powers of two. The
     * nearest of those of the least length is taken.
     *
     * The exact value of a small double has hundreds of digits. It is cut off once, to more digits
     * than are ever tried and one that says whether something was cut off, which leaves every
     * comparison as it was.
     */

    private static final MathContext KEPT = new MathContext(25, RoundingMode.DOWN);
    private static final int POSITIONAL_MIN = -4;
    private static final int POSITIONAL_MAX = 16;

    private ShortestDecimal() {
    }

    /** The text of a finite number; always with a fraction or an exponent. */
    static String of(double value) {
        String sign = Double.doubleToRawLongBits(value) < 0 ? "-" : "";
        double magnitude = Math.abs(value);
        return sign + (magnitude == 0 ? "0.0" : layout(shortest(magnitude)));
    }

    private static BigDecimal shortest(double value) {
        BigDecimal cut = cut(new BigDecimal(value));
        int digits = new BigDecimal(Double.toString(value)).stripTrailingZeros().precision();
        BigDecimal best = nearest(value, cut, digits);
        while (best.precision() > 1) {
            BigDecimal shorter = nearest(value, cut, best.precision() - 1);
            if (shorter == null) {
                return best;
            }
            best = shorter;
        }
        return best;
    }

    private static BigDecimal cut(BigDecimal exact) {
        BigDecimal kept = exact.round(KEPT);
        return kept.compareTo(exact) == 0
                ? kept : kept.add(BigDecimal.valueOf(1, kept.scale() + 1));
    }

    /** The decimal of so many digits nearest to the value that reads back; null without one. */
    private static BigDecimal nearest(double value, BigDecimal exact, int digits) {
        BigDecimal below = exact.round(new MathContext(digits, RoundingMode.DOWN));
        BigDecimal above = exact.round(new MathContext(digits, RoundingMode.UP));
        boolean isBelow = below.doubleValue() == value;
        boolean isAbove = above.doubleValue() == value;
        if (!isBelow && !isAbove) {
            return null;
        }
        boolean isBelowNearer = exact.subtract(below).compareTo(above.subtract(exact)) <= 0;
        boolean takesBelow = isBelow && (!isAbove || isBelowNearer);
        return (takesBelow ? below : above).stripTrailingZeros();
    }

    /** The value is 0.d1d2… times ten to the power of {@code point}. */
    private static String layout(BigDecimal decimal) {
        String digits = decimal.unscaledValue().toString();
        int point = digits.length() - decimal.scale();
        if (point <= POSITIONAL_MIN || point > POSITIONAL_MAX) {
            return scientific(digits, point - 1);
        }
        if (point <= 0) {
            return "0." + "0".repeat(-point) + digits;
        }
        if (digits.length() <= point) {
            return digits + "0".repeat(point - digits.length()) + ".0";
        }
        return digits.substring(0, point) + '.' + digits.substring(point);
    }

    private static String scientific(String digits, int exponent) {
        String fraction = digits.length() > 1 ? '.' + digits.substring(1) : "";
        String size = String.valueOf(Math.abs(exponent));
        return digits.charAt(0) + fraction + 'e' + (exponent < 0 ? '-' : '+')
                + (size.length() < 2 ? "0" : "") + size;
    }
}
