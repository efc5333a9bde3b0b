package io.adaos.hub.operations.notification;

import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.contracts.notification.NotificationPage;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Optional;

/** Keeps notifications; they are written with the end of their operation. */
public interface NotificationStore {

    /** The newest of one webspace, or of all, oldest first, at one position of the facts. */
    Uni<NotificationPage> newest(Optional<WebspaceId> webspace, int limit);

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
