package io.adaos.hub.registry.normalize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionOrderTest {

    private static final List<String> RISING = List.of(
            "0.0.0-0", "1.0.0-0.3.7", "1.0.0-1", "1.0.0-20250401112233445566", "1.0.0-alpha",
            "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11",
            "1.0.0-rc.1", "9.0.0-rc.1",
            "0.0.1", "0.0.2", "0.1.0", "0.75.50", "1.0.0", "1.0.0+2", "1.0.0+11", "1.0.0+a",
            "1.0.1", "1.2.0", "1.10.0", "2.0.0", "20250401112233445566.0.0");

    @Test
    void versions_shuffled_sortToTheOneOrder() {
        // Given
        List<String> shuffled = new ArrayList<>(RISING);
        Collections.shuffle(shuffled, new Random(7));

        // When
        shuffled.sort((left, right) -> version(left).compareTo(version(right)));

        // Then
        assertEquals(RISING, shuffled);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "1.0", "1.0.0.0", "01.0.0", "1.0.0-", "1.0.0-01", "1.0.0+",
        "1.0.0-a..b", "v1.0.0", " 1.0.0", "1.0.0\n", "١.0.0", "dev", ""})
    void text_thatIsNoSemVer_isNoVersion(String text) {
        // Given a text outside the grammar

        // When
        boolean isVersion = VersionOrder.parse(text).isPresent();

        // Then
        assertEquals(false, isVersion);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0.0-0a.0b-c", "1.0.0-alpha.0a", "0.1.73-local.1", "1.0.0--",
        "1.0.0+001", "0.1.0+3423.e973342b"})
    void text_inTheGrammar_isAVersion(String text) {
        // Given a text in the grammar

        // When
        boolean isVersion = VersionOrder.parse(text).isPresent();

        // Then
        assertTrue(isVersion);
    }

    @Test
    void longText_thatMatchesNothing_isAnsweredAtOnce() {
        // Given
        String text = "1.0.0-" + "0a.".repeat(200_000) + "!";

        // When
        boolean isVersion = VersionOrder.parse(text).isPresent();

        // Then
        assertEquals(false, isVersion);
    }

    @ParameterizedTest
    @CsvSource({"1.0,1.0.0", "v2.3.4,2.3.4", "0.2,0.2.0", "01.02.03,1.2.3", "7,7.0.0"})
    void suggestion_forACommonSlip_isWhatWasMeant(String text, String meant) {
        // Given a version that misses the grammar by little

        // When
        String suggested = VersionOrder.suggest(text).orElseThrow();

        // Then
        assertEquals(meant, suggested);
    }

    private static VersionOrder version(String text) {
        return VersionOrder.parse(text).orElseThrow(() -> new AssertionError(text));
    }
}
