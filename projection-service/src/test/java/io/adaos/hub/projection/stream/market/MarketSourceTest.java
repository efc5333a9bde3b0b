package io.adaos.hub.projection.stream.market;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.contracts.catalog.ArtifactKind;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.stream.market.ChangeBatch.Change;
import io.adaos.hub.projection.stream.market.ChangeBatch.Told;
import io.adaos.hub.projection.stream.message.StreamMessage;
import io.adaos.hub.projection.stream.topic.StreamTopic;
import io.adaos.hub.runtime.outbox.Freshness;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MarketSourceTest {

    private static final String EPOCH = "e1";

    private final MarketSource source = new MarketSource("registry");

    @Test
    void firstChange_isToldAtOnce_furtherOnesTogether() {
        // Given
        known();

        // When
        change("a", 11);
        Told first = told(0).orElseThrow();
        change("b", 12);
        change("c", 13);
        change("b", 14);
        MarketSource.Turn early = source.turn(ArtifactKind.SKILL, 100);
        MarketSource.Turn asked = source.turn(ArtifactKind.SKILL, 200);
        Told second = told(400).orElseThrow();

        // Then
        assertEquals(List.of("a"), ids(first));
        assertEquals(11, first.sequence());
        assertEquals(Optional.of(300L), early.waitMillis());
        assertEquals(Optional.empty(), asked.waitMillis(), "one timer is enough");
        assertEquals(List.of("b", "c"), ids(second));
        assertEquals(14, second.sequence());
        assertEquals(14, second.changed().get(0).revision());
    }

    @Test
    void manyChanges_areAReload() {
        // Given
        known();

        // When
        for (int i = 0; i <= 256; i++) {
            change("s" + i, 11 + i);
        }
        Told told = told(0).orElseThrow();

        // Then
        assertEquals(List.of(), told.changed());
        assertEquals(true, told.reload());
        assertEquals(267, told.sequence());
    }

    @Test
    void list_thatIsFurtherThanTheFacts_isAReloadOfBothKinds_theSameListIsNone() {
        // Given
        known();

        // When
        source.listed(EPOCH, 10);
        Optional<Told> same = told(0);
        source.listed(EPOCH, 12);
        Told later = told(0).orElseThrow();
        Told other = source.turn(ArtifactKind.SCENARIO, 0).told().orElseThrow();
        source.listed("e2", 12);
        Told otherEpoch = told(1_000).orElseThrow();

        // Then
        assertEquals(Optional.empty(), same);
        assertEquals(true, later.reload());
        assertEquals(true, other.reload());
        assertEquals("e2", otherEpoch.epoch());
    }

    @Test
    void sourceThatIsLost_andFoundAgain_isTold_aFactAloneDoesNotMakeItFresh() {
        // Given
        known();

        // When
        source.judged(Freshness.AGING);
        Optional<Told> aging = told(0);
        source.judged(Freshness.STALE);
        Told stale = told(0).orElseThrow();
        source.reached(EPOCH, 11);
        source.judged(Freshness.FRESH);
        Told fresh = told(1_000).orElseThrow();

        // Then
        assertEquals(Optional.empty(), aging);
        assertEquals(Freshness.STALE, stale.state());
        assertEquals(Freshness.FRESH, fresh.state());
        assertEquals(true, fresh.reload());
    }

    @Test
    void newcomer_isToldWhereTheSourceIs_nothingBeforeItIsKnown() {
        // Given
        Optional<Told> before = source.snapshot();
        change("a", 1);
        MarketSource.Turn unknown = source.turn(ArtifactKind.SKILL, 0);
        source.listed(EPOCH, 10);

        // When
        Told snapshot = source.snapshot().orElseThrow();

        // Then
        assertEquals(Optional.empty(), before);
        assertEquals(Optional.of(Freshness.FRESH), Optional.of(snapshot.state()));
        assertEquals(true, unknown.told().isPresent() || unknown.waitMillis().isEmpty());
        assertEquals(10, snapshot.sequence());
        assertEquals(true, snapshot.reload());
    }

    @Test
    void message_ofEachSourceHasAPlaceOfItsOwnInAQueue() {
        // Given
        known();
        change("a", 11);
        StreamTopic topic = StreamTopic.of(WebspaceId.DESKTOP, "infrastate.marketplace.skills");

        // When
        StreamMessage message = source.message(topic, told(0).orElseThrow(), 0);

        // Then
        assertTrue(message.key().endsWith(" registry"), message.key());
        assertTrue(message.frame().contains("\"payload\":{\"source\":\"registry\","
                + "\"epoch\":\"e1\",\"sequence\":11,\"state\":\"fresh\",\"changed\":"
                + "[{\"id\":\"a\",\"revision\":11,\"correlation_id\":\"c11\"}]}"),
                message.frame());
        assertTrue(message.afterGap().contains("\"changed\":[],\"reload\":true"),
                message.afterGap());
    }

    private void known() {
        source.listed(EPOCH, 10);
        told(-1_000);
        source.turn(ArtifactKind.SCENARIO, -1_000);
    }

    private void change(String id, long sequence) {
        source.changed(ArtifactKind.SKILL, new Change(id, sequence, "c" + sequence));
        source.reached(EPOCH, sequence);
    }

    private Optional<Told> told(long now) {
        return source.turn(ArtifactKind.SKILL, now).told();
    }

    private static List<String> ids(Told told) {
        return told.changed().stream().map(Change::id).toList();
    }
}
