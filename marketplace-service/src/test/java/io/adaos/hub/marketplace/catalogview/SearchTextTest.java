package io.adaos.hub.marketplace.catalogview;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchTextTest {

    @ParameterizedTest(name = "{0} and {1}")
    @CsvSource({
            "Weather, WEATHER",
            "Погода, ПОГОДА",
            "Straße, STRASSE",
            "ΟΔΟΣ, οδος",
            "οδοσ, ΟΔΟΣ",
            "ﬁlter, FILTER",
            "Ｗｅａｔｈｅｒ, weather",
            "e\u0301cran, ÉCRAN",
            "ﬀ, FF",
    })
    void fold_textsThatDifferInCaseOrComposition_areTheSame(String first, String second) {
        // When
        String folded = SearchText.fold(first);

        // Then
        assertEquals(SearchText.fold(second), folded);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"weather-2.0_x", "погода", "天気", "🌦 дождь"})
    void fold_foldedText_staysAsItIs(String text) {
        // When
        String folded = SearchText.fold(text);

        // Then
        assertEquals(text, folded);
    }
}
