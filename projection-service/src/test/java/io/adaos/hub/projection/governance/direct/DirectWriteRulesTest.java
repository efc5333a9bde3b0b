package io.adaos.hub.projection.governance.direct;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.contracts.rules.DirectWriteGrant;
import io.adaos.hub.contracts.rules.ProjectionPath;
import io.adaos.hub.projection.governance.direct.DirectWriteRules.Verdict;
import io.adaos.hub.projection.governance.evidence.WriteReason;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a skill may send raw updates to. */
class DirectWriteRulesTest {

    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    private static final Optional<DirectWriteGrant> NOTHING = Optional.empty();
    private static final Optional<DirectWriteGrant> WEATHER = Optional.of(new DirectWriteGrant(
            List.of(ProjectionPath.parse("data/weather"), ProjectionPath.parse("ui/w/card")),
            Optional.empty()));

    private final DirectWriteRules rules = new DirectWriteRules(DirectWriteMode.ENFORCE);

    @ParameterizedTest
    @CsvSource({
        // touched paths, fault of the skill 'weather' that declared data/weather and ui/w/card
        "data/weather, ",
        "data/weather/current/temp, ",
        "ui/w/card/title, ",
        "ui/w, broad_branch_rewrite",
        "ui, broad_branch_rewrite",
        "data, broad_branch_rewrite",
        "data/other, broad_branch_rewrite",
        "data/weatherman, broad_branch_rewrite",
        "data/other/x, path_not_allowed",
        "data/desktop/icons/a, broad_branch_rewrite",
        "made_up/root/x, path_not_allowed",
        "runtime/operations/by_id/x, broad_branch_rewrite",
        "runtime, broad_branch_rewrite",
        "runtime/skills/clock/x, wrong_owner",
        "runtime/skills/weather/x, path_not_allowed",
        "data/weather/x data/other/x, path_not_allowed",
        "data/other/x runtime/skills/clock/x, wrong_owner",
        "data/other/x data/other, broad_branch_rewrite"})
    void update_ofASkill_isJudgedByItsWorstPath(String touched, String fault) {
        // Given
        List<List<String>> paths = Arrays.stream(touched.split(" "))
                .map(path -> List.of(path.split("/"))).toList();

        // When
        Verdict verdict = rules.judge("weather", WEATHER, paths, NOW);

        // Then
        assertEquals(Optional.ofNullable(fault), verdict.reason().map(WriteReason::wire));
        assertEquals(fault != null, verdict.isRefused());
    }

    @Test
    void skill_withoutGrant_mayWriteNowhere() {
        // Given
        List<List<String>> path = List.of(List.of("data", "weather", "current"));

        // When
        Verdict verdict = rules.judge("weather", NOTHING, path, NOW);

        // Then
        assertTrue(verdict.isRefused());
        assertEquals(Optional.of(WriteReason.PATH_NOT_ALLOWED), verdict.reason());
        assertEquals(path.get(0), verdict.path());
    }

    @ParameterizedTest
    @CsvSource({
        "OBSERVE, data/other/x, false", "OBSERVE, data, false", "OBSERVE, runtime/status, false",
        "WARN, data/other/x, false", "WARN, data, true", "WARN, runtime/skills/clock/x, true",
        "ENFORCE, data/other/x, true", "ENFORCE, data, true"})
    void mode_decidesWhatAFaultMeans(DirectWriteMode mode, String path, boolean isRefused) {
        // Given
        DirectWriteRules strict = new DirectWriteRules(mode);

        // When
        Verdict verdict = strict.judge(
                "weather", NOTHING, List.of(List.of(path.split("/"))), NOW);

        // Then
        assertEquals(isRefused, verdict.isRefused());
        assertTrue(verdict.reason().isPresent());
    }

    @Test
    void migration_holdsUntilItsDateAndNoLonger() {
        // Given
        Optional<DirectWriteGrant> migrating = Optional.of(new DirectWriteGrant(List.of(),
                Optional.of(new DirectWriteGrant.Migration(NOW, "old panel"))));
        List<List<String>> narrow = List.of(List.of("data", "weather", "current"));
        List<List<String>> broad = List.of(List.of("data", "weather"));

        // When
        Verdict before = rules.judge("weather", migrating, narrow, NOW.minusMillis(1));
        Verdict beforeBroad = rules.judge("weather", migrating, broad, NOW.minusMillis(1));
        Verdict after = rules.judge("weather", migrating, narrow, NOW);

        // Then
        assertFalse(before.isRefused());
        assertTrue(beforeBroad.isRefused());
        assertTrue(after.isRefused());
    }
}
