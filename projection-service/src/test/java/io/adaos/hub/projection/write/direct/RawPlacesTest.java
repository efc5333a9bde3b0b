package io.adaos.hub.projection.write.direct;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.adaos.hub.contracts.id.ArtifactRef;
import io.adaos.hub.contracts.rules.DeclaredRules;
import io.adaos.hub.contracts.rules.DirectWriteGrant;
import io.adaos.hub.contracts.rules.ProjectionPath;
import io.adaos.hub.projection.governance.direct.DirectWriteMode;
import io.adaos.hub.projection.governance.direct.DirectWriteRules;
import io.adaos.hub.projection.rules.RuleBook;
import io.adaos.hub.projection.rules.RuleBooks;
import io.adaos.hub.projection.rules.RuleLayer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RawPlacesTest {

    private static final RuleBook BOOK = RuleBooks.of(
            layer("weather", "data/weather", Optional.empty()),
            layer("old", "data/old", Optional.of(
                    new DirectWriteGrant.Migration(Instant.ofEpochMilli(1), "late"))));

    private final RawPlaces places =
            new RawPlaces(new DirectWriteRules(DirectWriteMode.ENFORCE), () -> BOOK);

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
        "user:ann, data/weather, -",
        "user:ann, data/weather/x/y, -",
        "user:ann, data/old/x, -",
        "user:ann, data/notes/x, path_not_allowed",
        "user:ann, evil/notes/x, path_not_allowed",
        "user:ann, data/notes, broad_branch_rewrite",
        "user:ann, data, broad_branch_rewrite",
        "user:ann, data/desktop/installed/x, broad_branch_rewrite",
        "user:ann, runtime/operations/by_id/x, broad_branch_rewrite",
        "user:ann, runtime/skills/weather/x, wrong_owner",
        "skill:weather, data/weather, -",
        "skill:weather, data/weather/x/y, -",
        "skill:weather, data/old/a, path_not_allowed",
        "skill:clock, data/weather/x, path_not_allowed"})
    void place_isAllowedOrNot(String subject, String path, String reason) {
        // Given
        RawWriter writer = RawWriter.of(subject, false, true);

        // When
        Optional<RawPlaces.Fault> fault = fault(writer, List.of(path.split("/")));

        // Then
        assertEquals(Optional.ofNullable(reason), fault.map(found -> found.reason().wire()));
    }

    @ParameterizedTest
    @CsvSource({
        "user:admin, true, true, OPERATOR, core:operator",
        "skill:weather, false, true, SKILL, skill:weather",
        "user:ann, false, true, PERSON, user:ann",
        "skill:weather, false, false, READER, skill:weather",
        "user:ann, false, false, READER, user:ann",
        "node:kitchen, false, true, READER, ",
        "service:sync, false, true, READER, "})
    void credential_makesTheWriter(String subject, boolean isAdmin, boolean mayWrite,
            RawWriter.Kind kind, String owner) {
        // Given

        // When
        RawWriter writer = RawWriter.of(subject, isAdmin, mayWrite);

        // Then
        assertEquals(kind, writer.kind());
        assertEquals(Optional.ofNullable(owner), writer.owner().map(id -> id.value()));
    }

    @Test
    void migrationThatIsOver_opensNothing_forAnybody() {
        // Given
        List<List<String>> path = List.of(List.of("data", "old", "x"));
        Instant later = Instant.ofEpochMilli(1);

        // When
        List<String> reasons = Stream.of("user:ann", "skill:old")
                .map(subject -> places.fault(RawWriter.of(subject, false, true), path, later))
                .map(fault -> fault.orElseThrow().reason().wire()).toList();

        // Then
        assertEquals(List.of("path_not_allowed", "path_not_allowed"), reasons);
    }

    @Test
    void whatCannotBeKnownOrIsHidden_isRefused_andBeforeTheRulesAreRead_everything() {
        // Given
        RawPlaces early = new RawPlaces(new DirectWriteRules(DirectWriteMode.ENFORCE),
                () -> RuleBook.unread(List.of()));
        RawWriter clock = RawWriter.of("skill:clock", false, true);

        // When
        List<String> reasons = Stream.of(
                        fault(RawWriter.of("skill:weather", false, true), List.of()),
                        fault(RawWriter.of("user:ann", false, true), List.of()),
                        places.fault(clock, List.of(), Instant.EPOCH),
                        early.fault(clock, List.of(), Instant.EPOCH))
                .map(fault -> fault.orElseThrow().reason().wire()).toList();

        // Then
        assertEquals(List.of("broad_branch_rewrite", "broad_branch_rewrite",
                "path_not_allowed", "policy_unavailable"), reasons);
        assertEquals(Optional.empty(),
                fault(RawWriter.of("user:admin", true, true), List.of("data")));
    }

    private Optional<RawPlaces.Fault> fault(RawWriter writer, List<String> path) {
        return places.fault(writer, List.of(path), Instant.EPOCH);
    }

    private static RuleLayer layer(
            String skill, String path, Optional<DirectWriteGrant.Migration> migration) {
        return new RuleLayer(new ArtifactRef("skill", skill), "1.0.0", 1, true,
                new DeclaredRules(List.of(), List.of(), Optional.empty(),
                        Optional.of(new DirectWriteGrant(
                                List.of(ProjectionPath.parse(path)), migration)),
                        List.of(), List.of()));
    }
}
