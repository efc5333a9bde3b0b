package io.adaos.hub.marketplace.listing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.contracts.error.FieldProblem;
import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.contracts.id.NodeId;
import io.adaos.hub.contracts.listing.RowStatus;
import io.adaos.hub.marketplace.listing.RowQueryReader.Texts;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowQueryReaderTest {

    @Test
    void read_nothingGiven_usesTheDocumentedDefaults() {
        // When
        RowQuery query = RowQueryReader.read(new Texts(null, "", null, "", null, null, null));

        // Then
        assertEquals(new RowQuery(
                new RowFilter(Optional.empty(),
                        Set.of(RowStatus.INSTALLABLE, RowStatus.UPDATE_AVAILABLE,
                                RowStatus.BLOCKED),
                        List.of()),
                NodeId.HUB, 0, 50, Optional.empty()), query);
    }

    @Test
    void read_everythingWrong_saysSoAtOnce() {
        // Given
        Texts texts = new Texts("plugin", "x".repeat(201), "broken", "../etc", "-1", "501", "42");

        // When
        HubException refusal = assertThrows(HubException.class, () -> RowQueryReader.read(texts));

        // Then
        assertEquals(HubErrorCode.REQUEST_INVALID, refusal.code());
        assertEquals(
                Set.of("kind", "q", "status", "node_id", "offset", "limit", "min_sequence"),
                Set.copyOf(refusal.errors().stream().map(FieldProblem::path).toList()));
    }

    @ParameterizedTest(name = "limit={0}")
    @ValueSource(strings = {"0", "501", "-1", "1.5", "ten", " 10", "99999999999", "٣٣٣٣"})
    void read_limitOutsideItsRange_isRefusedWithTheRange(String limit) {
        // When
        HubException refusal = assertThrows(HubException.class, () -> RowQueryReader.read(
                new Texts(null, null, null, null, null, limit, null)));

        // Then
        assertTrue(refusal.errors().get(0).message().contains("from 1 to 500"),
                refusal.errors().toString());
    }

    @ParameterizedTest(name = "min_sequence={0}")
    @ValueSource(strings = {"registry", "registry:", "registry:-1", "REGISTRY:1", "catalog:1",
        "registry:1:2", "registry:9999999999999999999"})
    void read_malformedPosition_isRefused(String position) {
        // When
        HubException refusal = assertThrows(HubException.class, () -> RowQueryReader.read(
                new Texts(null, null, null, null, null, null, position)));

        // Then
        assertEquals("min_sequence", refusal.errors().get(0).path());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"registry:0, REGISTRY, 0", "operations:17, OPERATIONS, 17"})
    void read_position_namesItsSource(String text, MinSequence.Source source, long sequence) {
        // When
        RowQuery query = RowQueryReader.read(
                new Texts(null, null, null, null, null, null, text));

        // Then
        assertEquals(Optional.of(new MinSequence(source, sequence)), query.atLeast());
    }

    @Test
    void read_seventeenWords_areRefused() {
        // Given
        String words = String.join(" ",
                IntStream.range(0, 17).mapToObj(Integer::toString).toList());

        // When
        HubException refusal = assertThrows(HubException.class, () -> RowQueryReader.read(
                new Texts(null, words, null, null, null, null, null)));

        // Then
        assertEquals("q", refusal.errors().get(0).path());
    }

    @Test
    void read_longBadValue_isQuotedCut() {
        // When
        HubException refusal = assertThrows(HubException.class, () -> RowQueryReader.read(
                new Texts("k".repeat(5_000), null, null, null, null, null, null)));

        // Then
        assertTrue(refusal.errors().get(0).message().length() < 150);
    }

    @Test
    void readArtifact_badKindIdAndNode_areSaidAtOnce() {
        // When
        HubException refusal = assertThrows(HubException.class,
                () -> RowQueryReader.readArtifact("plugin", "a b", "?", "x"));

        // Then
        assertEquals(List.of("kind", "id", "node_id", "min_sequence"),
                refusal.errors().stream().map(FieldProblem::path).toList());
    }
}
