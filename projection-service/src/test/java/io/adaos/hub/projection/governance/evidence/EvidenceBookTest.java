package io.adaos.hub.projection.governance.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.contracts.id.OwnerId;
import io.adaos.hub.projection.governance.pressure.PolicyState;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A flood of decisions becomes one line a second. */
class EvidenceBookTest {

    private static final WriteCounters NOTHING =
            new WriteCounters(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    private final EvidenceBook book = new EvidenceBook(3);

    @Test
    void manyDecisions_ofOneOwnerAndReason_areOneLine() {
        // Given
        for (int i = 0; i < 1_000; i++) {
            book.note(Verdict.THROTTLED, evidence("skill:a", WriteReason.WRITE_AMPLIFICATION));
        }
        book.note(Verdict.BLOCKED, evidence("skill:a", WriteReason.WRITE_AMPLIFICATION));
        book.note(Verdict.BLOCKED, evidence("skill:a", WriteReason.PENDING_LIMIT));

        // When
        List<EvidenceLine> lines = book.tell(10_000);

        // Then
        assertEquals(2, lines.size());
        EvidenceLine rate = lines.stream().filter(line ->
                line.last().reason() == WriteReason.WRITE_AMPLIFICATION).findFirst().orElseThrow();
        assertEquals(1_001, rate.count());
        assertEquals(12_012, rate.bytes());
        assertEquals(Verdict.BLOCKED, rate.verdict());
    }

    @Test
    void pendingThatWasRefused_isALineOfItsOwn_andSaysSo() {
        // Given
        book.note(Verdict.BLOCKED, evidence("skill:a", WriteReason.PATH_NOT_ALLOWED));

        // When
        book.note(Verdict.PENDING_REFUSED, evidence("skill:a", WriteReason.PATH_NOT_ALLOWED));

        // Then
        List<String> texts = book.tell(10_000).stream().map(EvidenceLine::text).sorted().toList();
        assertEquals(2, texts.size());
        assertTrue(texts.get(0).startsWith("blocked YJS primary-doc write "));
        assertTrue(texts.get(1).startsWith(
                "pending refused at flush: blocked YJS primary-doc write "));
    }

    @Test
    void lines_areToldOncePerSecondAtMost() {
        // Given
        book.tell(10_000);
        book.note(Verdict.THROTTLED, evidence("skill:a", WriteReason.WRITE_AMPLIFICATION));

        // When
        List<EvidenceLine> early = book.tell(10_999);
        List<EvidenceLine> inTime = book.tell(11_000);

        // Then
        assertEquals(List.of(), early);
        assertEquals(1, inTime.size());
        assertEquals(List.of(), book.tell(12_000));
    }

    @Test
    void lines_beyondTheBound_areCounted() {
        // Given

        // When
        for (int i = 0; i < 10; i++) {
            book.note(Verdict.WARNED, evidence("skill:" + i, WriteReason.WRITE_AMPLIFICATION));
        }

        // Then
        assertEquals(3, book.tell(1).size());
        assertEquals(7, book.lost());
    }

    @Test
    void text_saysAllThatOperatorsLookFor() {
        // Given
        WriteEvidence evidence = evidence("skill:a", WriteReason.WRITE_AMPLIFICATION);

        // When
        String blocked = new EvidenceLine(Verdict.BLOCKED, 3, 36, evidence).text();
        String throttled = new EvidenceLine(Verdict.THROTTLED, 3, 36, evidence).text();

        // Then
        assertTrue(throttled.startsWith("throttled YJS primary-doc write "));
        assertEquals("blocked YJS primary-doc write webspace=desktop owner=skill:a roots=data"
                + " source=yws channel=websocket path=data/a?forged=1 reason=write_amplification"
                + " update_bytes=12 policy_state=throttle cause=skill_projection correlation_id=c-1"
                + " generation=7 direct_yjs_write=false count=3 bytes=36 attempted_total=0",
                blocked);
    }

    private static WriteEvidence evidence(String owner, WriteReason reason) {
        return new WriteEvidence("desktop", new OwnerId(owner), List.of("data"), "yws",
                "websocket", "data/a\nforged=1", 12, PolicyState.THROTTLE, reason,
                WriteCause.SKILL_PROJECTION, "c-1", 7, false, 1, 2, NOTHING);
    }
}
