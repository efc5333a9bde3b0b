package io.adaos.hub.projection.governance.evidence;

/**
 * What happened to the writes of one owner in one webspace for one reason within a second.
 *
 * @param verdict the worst of them
 * @param count how many writes
 * @param bytes their bytes
 * @param last the newest of them
 */
public record EvidenceLine(Verdict verdict, long count, long bytes, WriteEvidence last) {

    /** This and a newer one as one line, which tells the worse of both. */
    EvidenceLine and(EvidenceLine newer) {
        Verdict worse = verdict.compareTo(newer.verdict) > 0 ? verdict : newer.verdict;
        return new EvidenceLine(worse, count + newer.count, bytes + newer.bytes, newer.last);
    }

    /** One line for a log. */
    public String text() {
        return phrase() + " YJS primary-doc write webspace=" + last.webspaceId()
                + " owner=" + last.owner() + " roots=" + printable(String.join(",", last.roots()))
                + " source=" + last.source() + " channel=" + last.channel()
                + " path=" + printable(last.path()) + " reason=" + last.reason().wire()
                + " update_bytes=" + last.updateBytes()
                + " policy_state=" + last.policyState().wire() + " cause=" + last.cause().wire()
                + " correlation_id=" + printable(last.correlationId())
                + " generation=" + last.generation()
                + " direct_yjs_write=" + last.directYjsWrite()
                + " count=" + count + " bytes=" + bytes
                + " attempted_total=" + last.counters().attemptedTotal();
    }

    /** Operators search for these words. */
    private String phrase() {
        return switch (verdict) {
            case WARNED -> "warned";
            case THROTTLED -> "throttled";
            case BLOCKED -> "blocked";
            case PENDING_REFUSED -> "pending refused at flush: blocked";
        };
    }

    private static String printable(String text) {
        return text.replaceAll("[\\p{Cntrl}\\s]", "?");
    }
}
