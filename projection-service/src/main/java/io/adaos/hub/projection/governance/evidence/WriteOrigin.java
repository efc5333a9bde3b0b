package io.adaos.hub.projection.governance.evidence;

/**
 * Where a write comes from.
 *
 * @param source class of writer, such as {@code projection_service} or {@code yws}
 * @param channel way in, such as {@code http}, {@code websocket} or {@code core}
 * @param correlationId ties the write to the request that caused it; empty when there is none
 * @param generation newest generation of the webspace known where the write was made; else 0
 */
public record WriteOrigin(
        WriteCause cause, String source, String channel, String correlationId, long generation) {

    private static final int TEXT_MAX = 200;

    public WriteOrigin {
        source = bounded(source);
        channel = bounded(channel);
        correlationId = bounded(correlationId);
    }

    private static String bounded(String text) {
        return text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX);
    }
}
