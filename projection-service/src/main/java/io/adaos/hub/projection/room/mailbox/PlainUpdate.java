package io.adaos.hub.projection.room.mailbox;

import io.adaos.hub.projection.crdt.UpdatePreview;

/** An update that nobody has to judge. */
public record PlainUpdate(String owner, byte[] bytes) implements ClientUpdate {

    @Override
    public boolean admits(UpdatePreview effect, long generation) {
        return true;
    }
}
