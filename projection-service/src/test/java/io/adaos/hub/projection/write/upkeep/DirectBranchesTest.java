package io.adaos.hub.projection.write.upkeep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.contracts.id.ArtifactRef;
import io.adaos.hub.contracts.rules.ManifestRules;
import io.adaos.hub.projection.governance.direct.DirectWriteMode;
import io.adaos.hub.projection.rules.RuleBook;
import io.adaos.hub.projection.rules.RuleLayer;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which branches are not only the server's. */
class DirectBranchesTest {

    private static final ArtifactRef SKILL = new ArtifactRef("skill", "drawing");
    private static final RuleBook EMPTY = RuleBook.unread(List.of()).completed();

    private static RuleBook withGrant(String... paths) {
        return EMPTY.with(new RuleLayer(SKILL, "1.0.0", 1, true, ManifestRules.read(SKILL,
                Map.of("runtime", Map.of("yjs", Map.of("primary_doc",
                        Map.of("direct_write", true, "paths", List.of(paths))))))));
    }

    private static boolean mayBeWritten(RuleBook book, DirectWriteMode mode, String... branch) {
        return new DirectBranches(() -> book, mode, Clock.systemUTC())
                .mayBeWritten(WebspaceId.DESKTOP, List.of(branch));
    }

    @Test
    void branches_thatAGrantOverlaps_mayBeWritten() {
        // Given
        RuleBook book = withGrant("data/drawing/strokes");

        // When
        List<Boolean> answers = List.of(
                mayBeWritten(book, DirectWriteMode.ENFORCE, "data", "drawing"),
                mayBeWritten(book, DirectWriteMode.ENFORCE, "data", "drawing", "strokes", "s1"),
                mayBeWritten(book, DirectWriteMode.ENFORCE, "data", "drawing", "title"),
                mayBeWritten(book, DirectWriteMode.ENFORCE, "data", "weather"));

        // Then
        assertEquals(List.of(true, true, false, false), answers);
    }

    @Test
    void branches_whereNothingIsRefused_mayAllBeWritten() {
        // When Then
        assertFalse(mayBeWritten(EMPTY, DirectWriteMode.ENFORCE, "data", "weather"));
        assertTrue(mayBeWritten(EMPTY, DirectWriteMode.WARN, "data", "weather"));
        assertFalse(mayBeWritten(EMPTY, DirectWriteMode.WARN, "runtime", "operations"));
        assertTrue(mayBeWritten(EMPTY, DirectWriteMode.OBSERVE, "runtime", "operations"));
        assertTrue(mayBeWritten(
                RuleBook.unread(List.of()), DirectWriteMode.ENFORCE, "data", "weather"));
    }
}
