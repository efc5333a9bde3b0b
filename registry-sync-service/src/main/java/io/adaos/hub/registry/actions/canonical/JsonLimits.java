package io.adaos.hub.registry.actions.canonical;

/**
 * What one JSON text may ask of us.
 *
 * @param depthMax objects and arrays inside each other
 * @param valuesMax values of all kinds together
 * @param numberCharsMax characters of one number
 * @param nameCharsMax characters of one member name
 */
public record JsonLimits(int depthMax, int valuesMax, int numberCharsMax, int nameCharsMax) {

    public static final JsonLimits DEFAULT = new JsonLimits(64, 20_000, 1_000, 1_024);

    public JsonLimits {
        if (depthMax < 1 || valuesMax < 1 || numberCharsMax < 1 || nameCharsMax < 1) {
            throw new IllegalArgumentException("a limit below 1 lets nothing in");
        }
    }
}
