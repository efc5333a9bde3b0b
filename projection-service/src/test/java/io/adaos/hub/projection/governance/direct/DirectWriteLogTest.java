package io.adaos.hub.projection.governance.direct;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.adaos.hub.contracts.id.OwnerId;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.governance.direct.DirectWriteRow.WrittenPath;
import io.adaos.hub.projection.governance.evidence.OwnerKey;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the migration report knows of a skill. */
class DirectWriteLogTest {

    private static final OwnerKey WEATHER =
            OwnerKey.direct(WebspaceId.DESKTOP, new OwnerId("skill:weather"));

    private final DirectWriteLog log = new DirectWriteLog();

    @Test
    void report_saysWhereHowOftenAndHowLarge() {
        // Given
        note(100, false, "data/weather/current/temp");
        note(300, false, "data/weather/current/temp");
        note(50, true, "data");

        // When
        DirectWriteRow row = log.rows().get(0);

        // Then
        assertEquals(3, row.writes());
        assertEquals(1, row.refused());
        assertEquals(450, row.bytes());
        assertEquals(300, row.largestBytes());
        assertEquals(1_000, row.firstAt());
        assertEquals(List.of(
                new WrittenPath("data/weather/current/temp", 2, 400, 300),
                new WrittenPath("data", 1, 50, 50)), row.paths());
    }

    @Test
    void report_suggestsProjectionsThatDoNotOverlap() {
        // Given: a list in the branch itself, leaves of it, another branch, a branch of a node
        note(600, false, "data/weather/current/temp");
        note(900, false, "data/weather/current");
        note(100, false, "data/clock");
        note(100, false, "data/clock-2/a");
        note(5_000, false, "data/clock/face/hands");
        note(10, false, "data/nodes/hub/voice/state/last");
        note(10, false, "data");

        // When
        List<SuggestedProjection> suggested = log.rows().get(0).dataProjections();

        // Then
        assertEquals(List.of(
                suggestion("clock", "data/clock", 16_384),
                suggestion("clock-2.a", "data/clock-2/a", 1_024),
                suggestion("voice.state", "data/voice/state", 1_024),
                suggestion("weather.current", "data/weather/current", 2_048)), suggested);
    }

    @Test
    void paths_beyondTheBound_areCounted() {
        // Given
        for (int i = 0; i < 100; i++) {
            note(10, false, "data/weather/" + i);
        }

        // When
        DirectWriteRow row = log.rows().get(0);

        // Then
        assertEquals(64, row.paths().size());
        assertEquals(36, row.pathsDropped());
        assertEquals(100, row.writes());
    }

    @Test
    void skills_beyondTheBound_areCounted() {
        // Given
        for (int i = 0; i < 300; i++) {
            log.note(new DirectWriteLog.Update(
                    OwnerKey.direct(WebspaceId.DESKTOP, new OwnerId("skill:s" + i)),
                    List.of(List.of("data", "x")), 1, false), 1);
        }

        // When
        int rows = log.rows().size();

        // Then
        assertEquals(256, rows);
        assertEquals(44, log.dropped());
    }

    private void note(long bytes, boolean isRefused, String... paths) {
        List<List<String>> touched = Arrays.stream(paths)
                .map(path -> List.of(path.split("/"))).toList();
        log.note(new DirectWriteLog.Update(WEATHER, touched, bytes, isRefused), 1_000);
    }

    private static SuggestedProjection suggestion(String slot, String path, long bytesMax) {
        return new SuggestedProjection("subnet", slot,
                List.of(new SuggestedProjection.Target("yjs", path)),
                new SuggestedProjection.Budget(bytesMax));
    }
}
