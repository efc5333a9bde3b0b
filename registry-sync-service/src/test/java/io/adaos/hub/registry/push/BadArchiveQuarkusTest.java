package io.adaos.hub.registry.push;

import static io.adaos.hub.registry.PushedArtifacts.push;
import static io.adaos.hub.registry.PushedArtifacts.skill;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.registry.LargeUpload;
import io.adaos.hub.registry.StoredRows;
import io.adaos.hub.testing.HubTestResource;
import io.adaos.hub.testing.TestArchives;
import io.adaos.hub.testing.TestArchives.TarBuilder;
import io.adaos.hub.testing.TestArchives.ZipBuilder;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@QuarkusTest
@QuarkusTestResource(HubTestResource.class)
class BadArchiveQuarkusTest {

    private static final int FILE = 0100644;
    private static final int LINK = 0120777;
    private static final int PIPE = 0010644;
    private static final String BAD_MANIFEST = "version: two\ntags: 5\na: 1\na: 2\n";
    private static final Set<String> MANIFEST_FAULTS =
            Set.of("duplicate_key", "version_invalid", "wrong_type");

    @Inject
    StoredRows stored;

    /** An archive, and the refusal it deserves: {@code status code errors…}. */
    record Case(String name, byte[] archive, String refusal) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Case> cases() throws IOException {
        byte[] zip = TestArchives.zip(skill("bad", "1.0.0"));
        byte[] tar = TestArchives.tarGz(skill("bad", "1.0.0"));
        return List.of(
                new Case("no bytes", new byte[0], "422 archive_unreadable"),
                new Case("text", "hello".getBytes(StandardCharsets.UTF_8),
                        "422 archive_unreadable"),
                new Case("half a zip", Arrays.copyOf(zip, zip.length / 2),
                        "422 archive_unreadable"),
                new Case("half a tar.gz", Arrays.copyOf(tar, tar.length / 2),
                        "422 archive_unreadable"),
                new Case("a byte changed in a zip", changed(zip, 30 + 14 + 2),
                        "422 archive_unreadable"),
                new Case("a byte changed in a tar.gz", changed(tar, 30), "422 archive_unreadable"),
                new Case("gzip of no tar", gzip("no tar at all".repeat(100)),
                        "422 archive_unreadable"),
                new Case("empty zip", TestArchives.zip(Map.of()), "422 archive_unreadable"),
                new Case("encrypted", encrypted(zip), "422 archive_unreadable encrypted"),
                new Case("parent path", with("bad/../../x"), "422 archive_unsafe parent_path"),
                new Case("absolute path", with("/etc/x"), "422 archive_unsafe absolute_path"),
                new Case("drive letter", with("C:/x"), "422 archive_unsafe absolute_path"),
                new Case("backslash", with("bad/a\\x"), "422 archive_unsafe backslash"),
                new Case("twice", with("bad/skill.yaml"), "422 archive_unsafe duplicate"),
                new Case("case only", with("bad/Skill.yaml"), "422 archive_unsafe duplicate"),
                new Case("composition only",
                        zip("bad/caf\u00E9.txt", "bad/cafe\u0301.txt"),
                        "422 archive_unsafe duplicate manifest_missing"),
                new Case("file and folder", zip("bad/a", "bad/a/b"),
                        "422 archive_unsafe duplicate manifest_missing"),
                new Case("control character", with("bad/a\nb"),
                        "422 archive_unsafe name_encoding"),
                new Case("link in a zip", new ZipBuilder().file("bad/skill.yaml", "x: 1", FILE)
                        .file("bad/link", "/etc/passwd", LINK).bytes(),
                        "422 archive_unsafe link version_missing"),
                new Case("the manifest is a link", new ZipBuilder().file("bad/a", "x", FILE)
                        .file("bad/skill.yaml", "/etc/passwd", LINK).bytes(),
                        "422 archive_unsafe link"),
                new Case("pipe in a zip", new ZipBuilder().file("bad/skill.yaml", "x: 1", FILE)
                        .file("bad/pipe", "", PIPE).bytes(),
                        "422 archive_unsafe special_file version_missing"),
                new Case("links and devices in a tar", new TarBuilder()
                        .special("bad/a", TarConstants.LF_SYMLINK, "/etc/passwd")
                        .special("bad/b", TarConstants.LF_LINK, "bad/a")
                        .special("bad/c", TarConstants.LF_CHR, "")
                        .special("bad/d", TarConstants.LF_BLK, "")
                        .special("bad/e", TarConstants.LF_FIFO, "").bytes(),
                        "422 archive_unsafe link manifest_missing special_file"),
                new Case("bomb in a zip", new ZipBuilder()
                        .zeros("bad/zeros", (128L << 20) + 1).bytes(), "413 archive_too_large"),
                new Case("bomb in a tar.gz", new TarBuilder()
                        .zeros("bad/zeros", (128L << 20) + 1).bytes(), "413 archive_too_large"),
                new Case("too many files", zip(10_001),
                        "413 archive_too_large manifest_missing"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void badArchive_isRefused_andNothingIsStored(Case bad) {
        // Given
        String before = stored.counts();

        // When
        Response answer = push("skills", bad.archive());

        // Then
        List<String> codes = answer.path("errors.code");
        assertNotNull(codes, answer.asString());
        Set<String> distinct = new TreeSet<>(codes);
        distinct.remove(answer.<String>path("code"));
        assertEquals(bad.refusal(), (answer.statusCode() + " " + answer.path("code") + " "
                + String.join(" ", distinct)).strip(), answer.asString());
        assertEquals("application/problem+json", answer.contentType());
        assertNotNull(answer.path("remedy"));
        assertTrue(answer.<List<String>>path("errors.remedy").stream().noneMatch(String::isBlank));
        assertTrue(answer.<List<String>>path("errors.path").stream().noneMatch(String::isBlank));
        assertEquals(before, stored.counts());
    }

    @Test
    void everyBadEntry_isNamed_inOneAnswer() {
        // Given
        byte[] archive = new ZipBuilder().file("bad/skill.yaml", "version: 1.0.0", FILE)
                .file("bad/../x", "", FILE).file("/y", "", FILE).file("bad/link", "z", LINK)
                .bytes();

        // When
        Response answer = push("skills", archive);

        // Then
        assertEquals(List.of("bad/../x", "/y", "bad/link"), answer.path("errors.path"));
        assertEquals(List.of("parent_path", "absolute_path", "link"),
                answer.path("errors.code"));
    }

    static List<byte[]> badInMoreThanOneWay() {
        ZipBuilder full = new ZipBuilder();
        for (int i = 0; i < 10_000; i++) {
            full.file("bad/" + i, "", FILE);
        }
        return List.of(
                new ZipBuilder().file("bad/../x", "", FILE).file("bad/link", "z", LINK)
                        .file("bad/skill.yaml", BAD_MANIFEST, FILE).bytes(),
                new TarBuilder().special("bad/a", TarConstants.LF_SYMLINK, "/etc/passwd")
                        .file("bad/skill.yaml", BAD_MANIFEST, FILE).bytes(),
                full.file("/etc/x", "", FILE).file("bad/skill.yaml", BAD_MANIFEST, FILE).bytes(),
                new ZipBuilder().file("bad/skill.yaml", BAD_MANIFEST, FILE)
                        .zeros("bad/zeros", (128L << 20) + 1).bytes());
    }

    @ParameterizedTest
    @MethodSource("badInMoreThanOneWay")
    void badEntries_doNotHide_whatIsWrongWithTheManifest(byte[] archive) {
        // Given
        String before = stored.counts();

        // When
        Response answer = push("skills", archive);

        // Then
        assertTrue(answer.<String>path("code").startsWith("archive_"), answer.asString());
        List<String> codes = answer.path("errors.code");
        assertEquals(List.of("duplicate_key", "version_invalid", "wrong_type"),
                codes.stream().filter(MANIFEST_FAULTS::contains).sorted().toList(),
                answer.asString());
        assertTrue(codes.stream().anyMatch(code -> !MANIFEST_FAULTS.contains(code)));
        assertEquals(before, stored.counts());
    }

    @Test
    void manifest_ofADamagedArchive_isNotJudged() {
        // Given
        byte[] archive = new TarBuilder().file("bad/skill.yaml", BAD_MANIFEST, FILE).bytes();

        // When
        Response answer = push("skills", Arrays.copyOf(archive, archive.length - 4));

        // Then
        assertEquals(List.of("archive_unreadable"), answer.path("errors.code"));
    }

    @Test
    void archiveOverItsLimit_isRefused_beforeItIsUnpacked() throws Exception {
        // Given
        long bytes = (64L << 20) + 1;
        String before = stored.counts();

        // When
        HttpResponse<String> answer = LargeUpload.send(
                () -> new ByteArrayInputStream(new byte[(int) bytes]), bytes);

        // Then
        assertEquals(413, answer.statusCode());
        assertTrue(answer.body().contains("\"code\":\"archive_too_large\""), answer.body());
        assertEquals(before, stored.counts());
    }

    private static byte[] with(String path) {
        return zip("bad/skill.yaml", path);
    }

    private static byte[] zip(String... paths) {
        ZipBuilder zip = new ZipBuilder();
        for (String path : paths) {
            zip.file(path, "name: bad\nversion: 1.0.0\n", FILE);
        }
        return zip.bytes();
    }

    private static byte[] zip(int files) {
        Map<String, String> all = new LinkedHashMap<>();
        for (int i = 0; i < files; i++) {
            all.put("bad/" + i, "");
        }
        return TestArchives.zip(all);
    }

    /** Damages one byte; a zip's first content stands behind 30 bytes and a name of 14. */
    private static byte[] changed(byte[] archive, int at) {
        byte[] copy = archive.clone();
        copy[at] ^= 0x55;
        return copy;
    }

    /** Sets the flag of encryption in every local and central header. */
    private static byte[] encrypted(byte[] zip) {
        byte[] copy = zip.clone();
        for (int i = 0; i + 10 < copy.length; i++) {
            if (copy[i] == 'P' && copy[i + 1] == 'K' && copy[i + 2] == 3 && copy[i + 3] == 4) {
                copy[i + 6] |= 1;
            } else if (copy[i] == 'P' && copy[i + 1] == 'K' && copy[i + 2] == 1
                    && copy[i + 3] == 2) {
                copy[i + 8] |= 1;
            }
        }
        return copy;
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
