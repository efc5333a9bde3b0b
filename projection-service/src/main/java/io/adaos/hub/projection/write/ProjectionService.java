package io.adaos.hub.projection.write;

import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.room.RoomDirectory;
import io.adaos.hub.projection.room.branch.BranchWrite;
import io.adaos.hub.projection.room.mailbox.RoomWrite;
import io.adaos.hub.projection.room.mailbox.WriteOutcome;
import io.adaos.hub.projection.ystore.lease.NotOwnerException;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;

/** The only way into a document for everything that is no update of a Yjs client. */
@Singleton
public final class ProjectionService {

    private final RoomDirectory rooms;

    ProjectionService(RoomDirectory rooms) {
        this.rooms = rooms;
    }

    /** Writes for a part of the hub; a failure says that the store could not be reached. */
    public Uni<WriteReceipt> write(CoreWrite write) {
        RoomWrite branches = new RoomWrite(write.owner().value(), write.cause().wire(),
                write.writes().stream().map(ProjectionService::branch).toList(), 0);
        return Uni.createFrom().completionStage(() -> rooms.room(write.webspace()))
                .chain(room -> room.isEmpty()
                        ? Uni.createFrom().item(new WriteReceipt.Refused(
                                HubErrorCode.WEBSPACE_UNKNOWN, "no webspace " + write.webspace()))
                        : Uni.createFrom()
                                .completionStage(() -> room.get().write(branches))
                                .map(ProjectionService::receipt))
                .onFailure(NotOwnerException.class).recoverWithItem(elsewhere ->
                        new WriteReceipt.Refused(
                                HubErrorCode.NOT_OWNER, elsewhere.getMessage()));
    }

    /** The webspaces there are; a failure says that the store could not be reached. */
    public Uni<List<WebspaceId>> webspaces() {
        return Uni.createFrom().completionStage(rooms::list);
    }

    private static BranchWrite branch(ProjectionWrite write) {
        if (write instanceof ProjectionWrite.Put put) {
            return new BranchWrite.Put(put.path(), put.value());
        }
        if (write instanceof ProjectionWrite.Items items) {
            return new BranchWrite.Items(items.path(), items.values());
        }
        return new BranchWrite.Remove(write.path());
    }

    private static WriteReceipt receipt(WriteOutcome outcome) {
        if (outcome instanceof WriteOutcome.Applied applied) {
            return new WriteReceipt.Applied(applied.generation());
        }
        if (outcome instanceof WriteOutcome.Unchanged unchanged) {
            return new WriteReceipt.Unchanged(unchanged.generation());
        }
        if (outcome instanceof WriteOutcome.Refused refused) {
            return new WriteReceipt.Refused(code(refused.reason()), refused.detail());
        }
        throw new AssertionError("unknown outcome " + outcome);
    }

    private static HubErrorCode code(WriteOutcome.Reason reason) {
        return switch (reason) {
            case MAILBOX_FULL -> HubErrorCode.MAILBOX_FULL;
            case STORE_UNAVAILABLE, ROOM_CLOSED -> HubErrorCode.STORE_UNAVAILABLE;
            case NOT_ALLOWED -> HubErrorCode.PATH_NOT_ALLOWED;
            case MALFORMED, GAP -> HubErrorCode.VALUE_INVALID;
        };
    }
}
