package io.adaos.hub.contracts.rules;

/**
 * That an artifact gives details of its slots beside the document, {@code runtime.yjs.details}.
 *
 * @param stream as a stream
 * @param http on the details path of its slots
 * @param maxBytes UTF-8 bytes of one value as JSON
 */
public record DetailsRule(boolean stream, boolean http, int maxBytes) {
}
