package io.adaos.hub.registry.snapshot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.contracts.catalog.ArtifactKind;
import io.adaos.hub.contracts.catalog.CatalogEntry;
import io.adaos.hub.contracts.catalog.RegistrySnapshot;
import io.adaos.hub.contracts.error.FieldProblem;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.registry.normalize.ArtifactManifest;
import io.adaos.hub.registry.normalize.CatalogEntryNormalizer;
import io.adaos.hub.registry.normalize.Normalized;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistryJsonTest {

    @Test
    void bytes_areTheSame_forAnyOrderLocaleAndTimeZone() {
        // Given
        List<CatalogEntry> entries = entries();
        byte[] expected = write(entries);
        Locale locale = Locale.getDefault();
        TimeZone zone = TimeZone.getDefault();
        Random random = new Random(11);
        int same = 0;

        // When
        try {
            for (String tag : List.of("tr-TR", "ar-EG-u-nu-arab", "en-US")) {
                Locale.setDefault(Locale.forLanguageTag(tag));
                TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Chatham"));
                for (int i = 0; i < 100; i++) {
                    Collections.shuffle(entries, random);
                    assertArrayEquals(expected, write(entries));
                    same++;
                }
            }
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }

        // Then
        assertEquals(300, same);
    }

    @Test
    void order_isByNameWithoutCase_thenById() {
        // Given
        List<CatalogEntry> entries = entries();

        // When
        RegistrySnapshot snapshot = RegistryJsonWriter.snapshot(entries);

        // Then
        assertEquals(List.of("Alarm", "beta_skill", "gamma.skill", "weather_skill"),
                snapshot.skills().stream().map(CatalogEntry::name).toList());
        assertEquals("2026-07-02T10:36:37+00:00", snapshot.updatedAt());
    }

    @Test
    void file_writtenAndRead_isTheSame() {
        // Given
        byte[] file = write(entries());

        // When
        byte[] again = RegistryJsonWriter.write(RegistryJsonReader.read(file));

        // Then
        assertEquals(new String(file, StandardCharsets.UTF_8),
                new String(again, StandardCharsets.UTF_8));
    }

    @Test
    void emptyCatalog_hasNoInstant() {
        // Given
        List<CatalogEntry> none = List.of();

        // When
        String file = new String(write(none), StandardCharsets.UTF_8);

        // Then
        assertEquals("{\n  \"version\": 2,\n  \"skills\": [],\n  \"scenarios\": []\n}\n", file);
    }

    @Test
    void formatOne_isRead_andUnknownMembersSurvive() {
        // Given
        byte[] file = """
                {"version": 1, "updated_at": "2025-02-03T04:05:06Z", "dropped": 1,
                 "skills": [{"kind": "skill", "path": "skills/lamp", "custom": {"a": [1]}}],
                 "scenarios": []}
                """.getBytes(StandardCharsets.UTF_8);

        // When
        RegistrySnapshot snapshot = RegistryJsonReader.read(file);

        // Then
        assertEquals("lamp", snapshot.skills().get(0).name());
        assertEquals("lamp", snapshot.skills().get(0).id());
        assertEquals(Map.of("custom", Map.of("a", List.of(1))), snapshot.skills().get(0).extra());
        assertEquals("2025-02-03T04:05:06Z", snapshot.updatedAt());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            `` | -
            {  | -
            [] | -
            {"skills": [], "skills": []} | -
            {"version": 3} | format_unknown
            {"version": "2"} | format_unknown
            {"skills": {}} | wrong_type
            {"skills": [5]} | wrong_type
            {"skills": [{"name": "a", "tags": 5}]} | wrong_type
            {"skills": [{"name": "../a"}]} | name_invalid
            {"skills": [{}]} | name_invalid
            {"skills": [{"name": "a", "kind": "scenario"}]} | kind_wrong
            {"skills": [{"name": "a"}, {"name": "A"}]} | name_ambiguous
            {"skills": [{"name": "a", "id": "b"}, {"name": "b", "id": "c"}]} | name_ambiguous
            """)
    void corruptFile_isRefusedAsAWhole(String text, String code) {
        // Given
        byte[] file = text.getBytes(StandardCharsets.UTF_8);

        // When
        HubException refusal =
                assertThrows(HubException.class, () -> RegistryJsonReader.read(file));

        // Then
        assertEquals("catalog_corrupt", refusal.code().code());
        assertEquals(code.equals("-") ? List.of() : List.of(code),
                refusal.errors().stream().map(FieldProblem::code).toList());
        assertTrue(refusal.getMessage().startsWith("registry.json cannot be taken: "));
    }

    private static byte[] write(List<CatalogEntry> entries) {
        return RegistryJsonWriter.write(RegistryJsonWriter.snapshot(entries));
    }

    private static List<CatalogEntry> entries() {
        return new ArrayList<>(List.of(
                entry(ArtifactKind.SCENARIO, "web_desktop", "2026-07-02T13:36:37.900+03:00"),
                entry(ArtifactKind.SKILL, "weather_skill", "2026-04-07T12:00:00Z"),
                entry(ArtifactKind.SKILL, "Alarm", "2026-07-02T10:36:37Z"),
                entry(ArtifactKind.SKILL, "gamma.skill", null),
                entry(ArtifactKind.SKILL, "beta_skill", null),
                entry(ArtifactKind.SCENARIO, "introduction", null)));
    }

    private static CatalogEntry entry(ArtifactKind kind, String name, String updatedAt) {
        Map<String, Object> fields = updatedAt == null
                ? Map.of("version", "1.0.0", "title", "Изба <b>", "tags", List.of("I", "ı"))
                : Map.of("version", "1.0.0", "updated_at", updatedAt);
        Normalized normalized = new CatalogEntryNormalizer().normalize(
                new ArtifactManifest(kind, name, "adaos-registry", null, fields));
        return ((Normalized.Entry) normalized).entry();
    }
}
