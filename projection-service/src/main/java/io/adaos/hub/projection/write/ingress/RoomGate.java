package io.adaos.hub.projection.write.ingress;

import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.room.RoomDirectory;
import io.adaos.hub.projection.room.WebspaceRoom;
import io.adaos.hub.projection.room.mailbox.ClientUpdate;
import io.adaos.hub.projection.room.mailbox.RoomWrite;
import io.adaos.hub.projection.room.mailbox.WriteOutcome;
import io.adaos.hub.projection.ystore.lease.NotOwnerException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Finds rooms and writes to them; a room that ends or falls asleep meanwhile is found again. */
public final class RoomGate {

    private static final int TRIES_MAX = 5;

    private final RoomDirectory rooms;

    public RoomGate(RoomDirectory rooms) {
        this.rooms = rooms;
    }

    /**
     * Where a write goes.
     *
     * @param room empty when there is none to write to
     * @param refusal why there is none
     */
    public record Place(Optional<WebspaceRoom> room, Optional<WriteRefusal> refusal) {
    }

    /** The place of a webspace; never fails. */
    public CompletionStage<Place> find(WebspaceId webspace) {
        return rooms.room(webspace).handle((room, failure) -> failure == null
                ? new Place(room, room.isPresent() ? Optional.empty()
                        : Optional.of(WriteRefusal.of(HubErrorCode.WEBSPACE_UNKNOWN,
                                "There is no webspace '" + webspace + "'")))
                : new Place(Optional.empty(), Optional.of(NotOwnerException.in(failure)
                        .map(WriteRefusal::elsewhere)
                        .orElseGet(() -> WriteRefusal.of(HubErrorCode.STORE_UNAVAILABLE,
                                "The document store does not answer")))));
    }

    /** Writes; never fails, and never answers that the room has ended. */
    public CompletionStage<WriteOutcome> write(WebspaceRoom room, RoomWrite write) {
        return ask(room, one -> one.write(write), TRIES_MAX);
    }

    /** Applies an update; never fails, and never answers that the room has ended. */
    public CompletionStage<WriteOutcome> apply(WebspaceRoom room, ClientUpdate update) {
        return ask(room, one -> one.apply(update), TRIES_MAX);
    }

    private CompletionStage<WriteOutcome> ask(WebspaceRoom room,
            Function<WebspaceRoom, CompletionStage<WriteOutcome>> question, int tries) {
        return question.apply(room).thenCompose(outcome -> {
            if (!isEnd(outcome)) {
                return CompletableFuture.completedStage(outcome);
            }
            return tries == 1 ? CompletableFuture.completedStage(unavailable())
                    : find(room.webspace()).thenCompose(place -> place.room().isEmpty()
                            ? CompletableFuture.completedStage(unavailable())
                            : ask(place.room().get(), question, tries - 1));
        });
    }

    private static boolean isEnd(WriteOutcome outcome) {
        return outcome instanceof WriteOutcome.Refused refused
                && refused.reason() == WriteOutcome.Reason.ROOM_CLOSED;
    }

    private static WriteOutcome unavailable() {
        return new WriteOutcome.Refused(
                WriteOutcome.Reason.STORE_UNAVAILABLE, "the document cannot be opened");
    }
}
