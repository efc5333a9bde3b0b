package io.adaos.hub.operations.notification;

import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.contracts.notification.NotificationPage;
import io.adaos.hub.contracts.notification.OperationNotification;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** Keeps notifications; they are written with the end of their operation. */
public interface NotificationStore {

    /** The newest of one webspace, or of all, oldest first, at one position of the facts. */
    Uni<NotificationPage> newest(Optional<WebspaceId> webspace, int limit);

    /**
     * Marks one as read, once.
     *
     * @return as it is then, empty when there is none with this id
     */
    Uni<Optional<OperationNotification>> read(String id, String correlationId);

    /**
     * Marks one and all older ones of its webspace as read, the newest first and 1,000 at most.
     *
     * @return how many were not read before, empty when there is none with this id
     */
    Uni<OptionalInt> readThrough(String id, String correlationId);

    /**
     * Deletes those that are neither among the newest of their webspace nor young, oldest first.
     *
     * @return how many were deleted
     */
    Uni<Integer> deleteOld(int newestKept, Duration youngerThan, int most);

    /**
     * Deletes the oldest of more than {@code total}, however young.
     *
     * @return how many were deleted
     */
    Uni<Integer> deleteBeyond(int total, int most);
}
