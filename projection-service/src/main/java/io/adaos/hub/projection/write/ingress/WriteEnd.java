package io.adaos.hub.projection.write.ingress;

import io.adaos.hub.projection.governance.Settlement;
import io.adaos.hub.projection.room.mailbox.WriteOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** What became of a write in the end. */
public sealed interface WriteEnd {

    /** The log holds it. */
    record Applied(long generation, long changedBytes) implements WriteEnd {
    }

    /** The document was so already. */
    record Unchanged(long generation) implements WriteEnd {
    }

    /**
     * Another write stands for it.
     *
     * @param generation known when that one is in the log
     */
    record Coalesced(OptionalLong generation) implements WriteEnd {
    }

    /** Nothing was changed. */
    record Refused(WriteRefusal refusal) implements WriteEnd {
    }

    /** What each of so many writes of one command has come to. */
    static List<WriteEnd> of(WriteOutcome outcome, int count) {
        List<WriteEnd> ends = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            if (outcome instanceof WriteOutcome.Applied applied) {
                long changed = applied.changed().get(i);
                ends.add(changed > 0 ? new Applied(applied.generation(), changed)
                        : new Unchanged(applied.generation()));
            } else if (outcome instanceof WriteOutcome.Unchanged unchanged) {
                ends.add(new Unchanged(unchanged.generation()));
            } else {
                ends.add(new Refused(WriteRefusal.of((WriteOutcome.Refused) outcome)));
            }
        }
        return ends;
    }

    /** The same for the governor's balance. */
    default Settlement settlement() {
        if (this instanceof Applied applied) {
            return new Settlement.Applied(applied.changedBytes(), applied.generation());
        }
        if (this instanceof Unchanged) {
            return new Settlement.Unchanged();
        }
        if (this instanceof Refused refused) {
            return new Settlement.Refused(refused.refusal().reason());
        }
        return new Settlement.Coalesced();
    }
}
