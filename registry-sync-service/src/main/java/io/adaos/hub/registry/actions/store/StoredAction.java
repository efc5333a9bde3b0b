package io.adaos.hub.registry.actions.store;

import io.adaos.hub.registry.actions.intake.ActionKey;
import io.adaos.hub.registry.actions.signature.SignatureBlock;

/**
 * A published version of an action as it is stored.
 *
 * @param hash the text that was stored beside the canonical bytes, to be compared with theirs
 */
public record StoredAction(
        ActionKey key, byte[] canonical, String hash, SignatureBlock signature) {
}
