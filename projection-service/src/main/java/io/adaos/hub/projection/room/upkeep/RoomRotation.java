package io.adaos.hub.projection.room.upkeep;

import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.crdt.Doc;
import io.adaos.hub.projection.crdt.DocPath;
import io.adaos.hub.projection.crdt.RotationRule;
import io.adaos.hub.projection.crdt.SharedType;
import io.adaos.hub.projection.room.branch.BranchWrite;
import io.adaos.hub.projection.room.branch.JsonSize;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Rewrites the branches of one document whose history outweighs their content. Writer only. */
public final class RoomRotation {

    /*
     * Notes on when.
     *
     * To know what is due costs one step for each live value, so it is asked when the updates
     * since the last time are as large as two bytes for each struct there is: some steps a write,
     * and a history that is a few parts in a hundred past its bound at most. What makes content
     * less but updates hardly longer is found a little later, when the room's heart beats.
     *
     * A large rotation stops the writer for its time and goes to every reader, so there is one a
     * second. What is due then waits, with the small parts of it taken first.
     */

    /**
     * A branch may hold two structs for each live value. That keeps the encoded document below
     * twice its content even where values are small numbers.
     */
    public static final RotationRule RULE = new RotationRule(2, 256);

    /** In whose name branches are rotated. */
    public static final String OWNER = "core:rotation";

    /** At most one rotation above so many bytes a second. */
    private static final int LARGE_BYTES = 64 << 10;
    private static final long LARGE_PAUSE_MILLIS = 1_000;

    /** Further branches are rotated together with the first up to so many bytes. */
    private static final int TOGETHER_BYTES = 1 << 20;

    private static final int CHECK_BYTES_MIN = 2 << 10;
    private static final int CHECK_BYTES_A_STRUCT = 2;
    private static final long CHECK_PAUSE_MILLIS = 10_000;
    private static final int ROUNDS_MAX = 8;
    private static final int LEAF_BYTES = 16;

    private final WebspaceId webspace;
    private final Doc doc;
    private final Set<Long> pastIds;
    private final RoomUpkeep upkeep;
    private long changedBytes;
    private long checkBytes;
    private long checkedAt;
    private long largeAt = Long.MIN_VALUE;
    private boolean someWait;

    /**
     * Nothing is rotated before the first change.
     *
     * @param pastIds ids of the document under which only the server wrote, besides its present
     */
    public RoomRotation(WebspaceId webspace, Doc doc, Set<Long> pastIds, RoomUpkeep upkeep) {
        this.webspace = webspace;
        this.doc = doc;
        this.pastIds = Set.copyOf(pastIds);
        this.upkeep = upkeep;
    }

    /**
     * Rotates what is due after a batch.
     *
     * @param bytes of the updates of the batch
     * @return an update for each rotation, in order; none in most batches
     */
    public List<byte[]> afterBatch(long bytes, long nowMillis) {
        changedBytes += bytes;
        boolean isDue = changedBytes >= checkBytes || someWait && mayBeLarge(nowMillis);
        return isDue ? rotate(nowMillis) : List.of();
    }

    /** Whether something may be due although no batch comes. */
    public boolean isWaiting(long nowMillis) {
        return someWait && mayBeLarge(nowMillis)
                || changedBytes > 0 && isOver(checkedAt, CHECK_PAUSE_MILLIS, nowMillis);
    }

    /** Rotates what is due now. */
    public List<byte[]> rotate(long nowMillis) {
        List<byte[]> updates = new ArrayList<>();
        someWait = true;
        for (int round = 0; round < ROUNDS_MAX && someWait; round++) {
            List<SharedType> due = due();
            List<SharedType> chosen = chosen(due, mayBeLarge(nowMillis));
            if (chosen.isEmpty()) {
                someWait = !due.isEmpty();
                break;
            }
            updates.add(rotated(chosen, nowMillis));
        }
        changedBytes = 0;
        checkBytes = Math.max(CHECK_BYTES_MIN, CHECK_BYTES_A_STRUCT * (long) doc.structCount());
        checkedAt = nowMillis;
        return updates;
    }

    private byte[] rotated(List<SharedType> chosen, long nowMillis) {
        byte[] update = doc.transact(OWNER, transaction ->
                chosen.forEach(branch -> branch.rotate(transaction)));
        if (update.length > LARGE_BYTES) {
            largeAt = nowMillis;
        }
        upkeep.counts().rotated(chosen.size(), update.length);
        return update;
    }

    private List<SharedType> due() {
        Set<Long> ours = new HashSet<>(pastIds);
        ours.addAll(doc.ownClientIds());
        List<SharedType> due = new ArrayList<>();
        for (String root : BranchWrite.ROOTS) {
            due.addAll(doc.getMap(root).rotationsDue(RULE, branch -> isOurs(branch, ours)));
        }
        return due;
    }

    /** Who else can write a branch may be writing into it now, and would write into nothing. */
    private boolean isOurs(SharedType branch, Set<Long> ours) {
        return branch.path().map(DocPath::keys)
                .filter(path -> !upkeep.directPaths().mayBeWritten(webspace, path))
                .isPresent() && branch.holdsOnly(ours);
    }

    private static List<SharedType> chosen(List<SharedType> due, boolean mayBeLarge) {
        List<SharedType> chosen = new ArrayList<>();
        long bytesMax = mayBeLarge ? TOGETHER_BYTES : LARGE_BYTES;
        long sum = 0;
        for (SharedType branch : due) {
            long bytes = JsonSize.of(branch.toJson()) + LEAF_BYTES * branch.history().live();
            if (sum + bytes <= bytesMax || mayBeLarge && chosen.isEmpty()) {
                chosen.add(branch);
                sum += bytes;
            }
        }
        return chosen;
    }

    private boolean mayBeLarge(long nowMillis) {
        return largeAt == Long.MIN_VALUE || isOver(largeAt, LARGE_PAUSE_MILLIS, nowMillis);
    }

    /** A clock that was set back ends every pause. */
    private static boolean isOver(long since, long pauseMillis, long nowMillis) {
        return nowMillis < since || nowMillis - since >= pauseMillis;
    }
}
