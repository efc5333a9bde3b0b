package io.adaos.hub.registry.actions.http;

/**
 * What one request about actions may cost.
 *
 * @param bodyBytesMax bytes of a body
 */
public record ActionLimits(int bodyBytesMax) {
    public ActionLimits {
        if (bodyBytesMax < 1) {
            throw new IllegalArgumentException("a body has at least one byte");
        }
    }
}
