package io.adaos.hub.projection.governance.evidence;

import io.adaos.hub.contracts.id.OwnerId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Gathers evidence until it is told, so that a flood of writes is one line a second. Safe for use
 * by any thread.
 */
public final class EvidenceBook {

    private static final long SECOND_MILLIS = 1_000;

    private final int linesMax;
    private final Map<Key, EvidenceLine> lines = new ConcurrentHashMap<>();
    private final AtomicLong lost = new AtomicLong();
    private long toldAt = Long.MIN_VALUE;

    /** One line each. */
    private record Key(
            String webspaceId, OwnerId owner, WriteReason reason, boolean wasPending) {
    }

    /** A book of so many lines a second at most. */
    public EvidenceBook(int linesMax) {
        this.linesMax = linesMax;
    }

    /** Notes a write that was warned of, deferred or refused. */
    public void note(Verdict verdict, WriteEvidence evidence) {
        Key key = new Key(evidence.webspaceId(), evidence.owner(), evidence.reason(),
                verdict == Verdict.PENDING_REFUSED);
        if (lines.size() >= linesMax && !lines.containsKey(key)) {
            lost.incrementAndGet();
            return;
        }
        lines.merge(key, new EvidenceLine(verdict, 1, evidence.updateBytes(), evidence),
                EvidenceLine::and);
    }

    /** The lines since the last time; none when that was less than a second ago. */
    public synchronized List<EvidenceLine> tell(long now) {
        if (toldAt != Long.MIN_VALUE && now - toldAt < SECOND_MILLIS) {
            return List.of();
        }
        toldAt = now;
        List<EvidenceLine> told = new ArrayList<>();
        for (Key key : lines.keySet()) {
            EvidenceLine line = lines.remove(key);
            if (line != null) {
                told.add(line);
            }
        }
        return told;
    }

    /** Writes whose evidence found no place. */
    public long lost() {
        return lost.get();
    }
}
