package io.adaos.hub.projection.room.setaside;

import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.room.RoomDirectory;
import io.adaos.hub.projection.room.WebspaceRoom;
import io.adaos.hub.projection.room.mailbox.PlainUpdate;
import io.adaos.hub.projection.room.mailbox.WriteOutcome;
import io.adaos.hub.projection.ystore.LogRow;
import io.adaos.hub.projection.ystore.SetAside;
import io.adaos.hub.projection.ystore.SetAsideStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What an operator can do with the parts of documents that recovery could not use. */
public final class SetAsideDesk {

    private static final String WRITER = "core:operator";

    /**
     * What became of a wish to restore a part.
     *
     * @param restored updates that are in the document now, or were already
     * @param damaged updates whose checksum is wrong; they stay where they are
     * @param unfit intact updates that build on something that is lost; they stay as well
     */
    public record Restored(String name, int restored, int damaged, int unfit) {
    }

    private final RoomDirectory rooms;
    private final SetAsideStore store;

    public SetAsideDesk(RoomDirectory rooms, SetAsideStore store) {
        this.rooms = rooms;
        this.store = store;
    }

    /** What there is of a webspace, by name. */
    public CompletionStage<List<SetAside>> list(WebspaceId webspace) {
        return store.list(webspace);
    }

    /**
     * Applies what is intact to the document, as if it came late from its old writer: values that
     * were written since then stay. Empty when there is no such webspace or name.
     */
    public CompletionStage<Optional<Restored>> restore(WebspaceId webspace, String name) {
        return rooms.room(webspace).thenCompose(room -> room.isEmpty()
                ? CompletableFuture.completedStage(Optional.empty())
                : store.read(webspace, name).thenCompose(rows -> rows.isEmpty()
                        ? CompletableFuture.completedStage(Optional.empty())
                        : restore(room.get(), name, rows).thenApply(Optional::of)));
    }

    /** Deletes a part for good; how many updates it held. */
    public CompletionStage<Integer> drop(WebspaceId webspace, String name) {
        return rooms.room(webspace).thenCompose(room -> room.isEmpty()
                ? CompletableFuture.completedStage(0)
                : store.read(webspace, name).thenCompose(rows -> forget(room.get(), name, rows)));
    }

    private CompletionStage<Restored> restore(
            WebspaceRoom room, String name, List<LogRow> rows) {
        List<LogRow> intact = rows.stream().filter(LogRow::isIntact).toList();
        List<LogRow> applied = new ArrayList<>();
        CompletionStage<Void> all = CompletableFuture.completedStage(null);
        for (LogRow row : intact) {
            all = all.thenCompose(done -> room.apply(
                            new PlainUpdate(WRITER, row.payload())))
                    .thenAccept(outcome -> {
                        if (isHeld(outcome)) {
                            applied.add(row);
                        }
                    });
        }
        return all.thenCompose(done -> forget(room, name, applied))
                .thenApply(gone -> new Restored(name, applied.size(),
                        rows.size() - intact.size(), intact.size() - applied.size()));
    }

    private CompletionStage<Integer> forget(WebspaceRoom room, String name, List<LogRow> rows) {
        WebspaceId webspace = room.webspace();
        List<Long> generations = rows.stream().map(LogRow::generation).toList();
        return store.drop(webspace, name, generations)
                .thenCompose(gone -> store.list(webspace).thenApply(left -> {
                    room.incomplete(!left.isEmpty());
                    return gone;
                }));
    }

    /** An update that does not fit stays; that the log is away ends the whole attempt. */
    private static boolean isHeld(WriteOutcome outcome) {
        if (!(outcome instanceof WriteOutcome.Refused refused)) {
            return true;
        }
        return switch (refused.reason()) {
            case MALFORMED, GAP -> false;
            case STORE_UNAVAILABLE, ROOM_CLOSED, MAILBOX_FULL, NOT_ALLOWED ->
                throw new IllegalStateException("nothing can be restored now: "
                        + refused.detail());
        };
    }
}
