package io.adaos.hub.registry.normalize;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;

/** Turns plain YAML scalars into values, by the core schema of YAML 1.2. */
final class YamlScalars {

    private static final Pattern NULL = Pattern.compile("~|null|Null|NULL|");
    private static final Pattern TRUE = Pattern.compile("true|True|TRUE");
    private static final Pattern FALSE = Pattern.compile("false|False|FALSE");
    private static final Pattern DECIMAL = Pattern.compile("[-+]?[0-9]+");
    private static final Pattern OCTAL = Pattern.compile("0o[0-7]+");
    private static final Pattern HEX = Pattern.compile("0x[0-9a-fA-F]+");
    private static final Pattern REAL =
            Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
    private static final Pattern NOT_FINITE =
            Pattern.compile("[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");

    private static final int NUMBER_CHARS_MAX = 64;
    private static final int EXPONENT_MAX = 308;

    private YamlScalars() {
    }

    /** The value was written as a number and JSON cannot hold it. */
    static final class NumberException extends Exception {
        private static final long serialVersionUID = 1L;

        NumberException(String message) {
            super(message, null, false, false);
        }
    }

    static boolean isNull(String text) {
        return NULL.matcher(text).matches();
    }

    /** A null, boolean or number when the text is one, else the text. */
    static Optional<Object> plain(String text) throws NumberException {
        if (isNull(text)) {
            return Optional.empty();
        }
        if (TRUE.matcher(text).matches()) {
            return Optional.of(Boolean.TRUE);
        }
        if (FALSE.matcher(text).matches()) {
            return Optional.of(Boolean.FALSE);
        }
        Number number = number(text);
        return Optional.of(number == null ? text : number);
    }

    /** Null when the text is no number. */
    private static Number number(String text) throws NumberException {
        if (NOT_FINITE.matcher(text).matches()) {
            throw new NumberException("'" + text + "' is not a finite number");
        }
        if (text.length() > NUMBER_CHARS_MAX) {
            // far longer than a number that anybody writes by intention
            return null;
        }
        if (DECIMAL.matcher(text).matches()) {
            return integer(text, 10);
        }
        if (OCTAL.matcher(text).matches()) {
            return integer(text.substring(2), 8);
        }
        if (HEX.matcher(text).matches()) {
            return integer(text.substring(2), 16);
        }
        return REAL.matcher(text).matches() ? real(text) : null;
    }

    private static Number integer(String digits, int radix) {
        BigInteger value = new BigInteger(digits, radix);
        return value.bitLength() < Long.SIZE ? (Number) value.longValue() : value;
    }

    /** Keeps trailing zeros, so that a version or a Python 3.10 can be shown as it was written. */
    private static BigDecimal real(String text) throws NumberException {
        BigDecimal value;
        try {
            value = new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw new NumberException("'" + text + "' is out of range");
        }
        long exponent = (long) value.precision() - value.scale();
        if (Math.abs(exponent) > EXPONENT_MAX) {
            throw new NumberException("'" + text + "' is out of range");
        }
        return value;
    }
}
