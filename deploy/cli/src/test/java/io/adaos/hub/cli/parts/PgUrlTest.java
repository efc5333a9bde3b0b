package io.adaos.hub.cli.parts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.adaos.hub.cli.CommandFailed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PgUrlTest {

    @Test
    void parse_everythingGiven_isKept() {
        // Given
        String text = "postgresql://me:p%40ss+word@db.example:5433/ignored?sslmode=require";

        // When
        PgUrl url = PgUrl.parse(text);

        // Then
        assertEquals("postgresql://me:p%40ss+word@db.example:5433/hub_registry?sslmode=require",
                url.database("hub_registry"));
        assertEquals("jdbc:postgresql://db.example:5433/postgres?sslmode=require",
                url.jdbc("postgres"));
        assertEquals("me", url.user());
        assertEquals("p@ss+word", url.password());
        assertFalse(url.toString().contains("p@ss"));
    }

    @Test
    void parse_noPort_takesTheUsualOne() {
        // Given
        String text = "postgres://me:pw@db.example";

        // When
        PgUrl url = PgUrl.parse(text);

        // Then
        assertEquals("postgresql://me:pw@db.example:5432/x", url.database("x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "mysql://a:b@c", "postgresql://host:1", "postgresql://a b",
        "postgresql://"})
    void parse_misshapen_isAUsageErrorWithTheShape(String text) {
        // Given
        Class<CommandFailed> expected = CommandFailed.class;

        // When
        CommandFailed failed = assertThrows(expected, () -> PgUrl.parse(text));

        // Then
        assertEquals(2, failed.exitCode());
        assertEquals(true, failed.text().contains("postgresql://user:pw@host:port"));
    }
}
