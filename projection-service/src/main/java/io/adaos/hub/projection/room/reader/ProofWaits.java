package io.adaos.hub.projection.room.reader;

import io.adaos.hub.projection.room.member.RoomMember;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Who waits until every client that acknowledges has applied a generation. */
final class ProofWaits {

    private record Wait(long generation, CompletableFuture<Integer> answer) {
    }

    private final List<Wait> waits = new ArrayList<>();      // writer only
    private volatile boolean some;                           // read by any thread

    /** Whether anybody waits; safe for any thread. */
    boolean any() {
        return some;
    }

    /** One more who waits. */
    void add(long generation, CompletableFuture<Integer> answer) {
        waits.add(new Wait(generation, answer));
        some = true;
    }

    /** Answers whoever has waited long enough, with the number of clients that have proved it. */
    void check(Collection<RoomMember> members) {
        waits.removeIf(wait -> wait.answer().isDone() || answered(wait, members));
        some = !waits.isEmpty();
    }

    private static boolean answered(Wait wait, Collection<RoomMember> members) {
        int sessions = 0;
        for (RoomMember member : members) {
            if (member.hearsGenerations() && !member.isClosed()) {
                if (member.acknowledged() < wait.generation()) {
                    return false;
                }
                sessions++;
            }
        }
        return wait.answer().complete(sessions);
    }

    /** Nobody can wait any longer. */
    void abandon() {
        waits.forEach(wait -> wait.answer().completeExceptionally(
                new IllegalStateException("the room ended")));
        waits.clear();
        some = false;
    }
}
