package io.adaos.hub.runtime.pg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {

    @ParameterizedTest
    @CsvSource({
        "postgresql://hub:secret@10.0.0.1:5433/hub_x, hub, secret, //10.0.0.1:5433/hub_x",
        "postgresql+asyncpg://hub:secret@db/x, hub, secret, //db:5432/x",
        "postgres://hub:a%40b+c@db/x, hub, a@b+c, //db:5432/x",
        "postgresql://hub@db/x, hub, '', //db:5432/x",
        "postgresql://hub:p@db/x?sslmode=require, hub, p, //db:5432/x?sslmode=require"
    })
    void url_setsBothDrivers(String url, String user, String password, String address) {
        // When
        Map<String, String> settings = DatabaseUrl.parse(url).settings();

        // Then
        assertEquals(user, settings.get("quarkus.datasource.username"));
        assertEquals(password, settings.getOrDefault("quarkus.datasource.password", ""));
        assertEquals("jdbc:postgresql:" + address, settings.get("quarkus.datasource.jdbc.url"));
        assertEquals("postgresql:" + address, settings.get("quarkus.datasource.reactive.url"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "hub", "mysql://a:secret@b/c", "postgresql://a:secret@b", "postgresql://a:secret@b/",
        "postgresql:///c", "postgresql://a:sec ret@b/c"
    })
    void faultyUrl_isRefusedWithTheShape_andWithoutThePassword(String url) {
        // When
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> DatabaseUrl.parse(url));

        // Then
        assertTrue(refused.getMessage().contains("postgresql://user:password@host:port/database"));
        assertFalse(refused.getMessage().contains("secret"), refused.getMessage());
        assertFalse(refused.getMessage().contains("sec ret"), refused.getMessage());
    }

    @Test
    void config_takesTheUrlFromTheEnvironment() {
        // Given
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(
                        Map.of("database.url", "postgresql://hub:pw@db:1/x"), "environment", 300))
                .withSources(new PropertiesConfigSource(
                        Map.of("quarkus.datasource.username", "other"), "application", 250))
                .withSources(new DatabaseUrlConfig())
                .build();

        // When
        String user = config.getValue("quarkus.datasource.username", String.class);

        // Then
        assertEquals("hub", user);
        assertEquals("postgresql://db:1/x",
                config.getValue("quarkus.datasource.reactive.url", String.class));
    }
}
