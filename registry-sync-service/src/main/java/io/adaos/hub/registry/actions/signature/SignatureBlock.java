package io.adaos.hub.registry.actions.signature;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * Who signed a schema and how, as published; it is shown again unchanged.
 *
 * @param alg {@code ed25519}
 * @param kid id of a trusted key
 * @param sig base64 of the 64 bytes of the signature, {@code base64:} before it or not
 */
@JsonPropertyOrder({"alg", "kid", "sig"})
public record SignatureBlock(String alg, String kid, String sig) {
}
