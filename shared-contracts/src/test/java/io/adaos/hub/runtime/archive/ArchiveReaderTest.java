package io.adaos.hub.runtime.archive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.contracts.error.FieldProblem;
import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.testing.TestArchives;
import io.adaos.hub.testing.TestArchives.TarBuilder;
import io.adaos.hub.testing.TestArchives.ZipBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveReaderTest {

    private static final int FILE = 0100644;
    private static final int PROGRAM = 0100755;
    private static final ArchiveLimits SMALL = ArchiveLimits.of(1 << 20, 1 << 16, 8);

    @TempDir
    Path directory;

    @Test
    void sameFiles_anyPackingOrderAndTopFolder_sameContentDigest() throws IOException {
        // Given
        byte[] zip = new ZipBuilder().file("skill.yaml", "a", FILE)
                .file("bin/run", "b", PROGRAM).bytes();
        byte[] zipInFolder = new ZipBuilder().file("weather/bin/run", "b", PROGRAM)
                .file("weather/skill.yaml", "a", FILE).bytes();
        byte[] tar = new TarBuilder().directory("./").directory("./bin/")
                .file("./bin/run", "b", 0755).file("./skill.yaml", "a", 0644).bytes();

        // When
        Set<String> digests = new TreeSet<>();
        for (byte[] archive : List.of(zip, zipInFolder, tar)) {
            digests.add(read(archive, ArchiveSink.NOWHERE).contentDigest());
        }

        // Then
        assertEquals(1, digests.size(), digests::toString);
    }

    @Test
    void contentDigest_ofKnownFiles_isTheDocumentedText() {
        // Given
        String a = "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4f72b9807785afee48bb";
        List<ArchivedFile> files = List.of(
                new ArchivedFile("z", true, 1, a), new ArchivedFile("b", false, 1, a));

        // When
        String digest = ContentDigest.of(files);

        // Then: printf 'hub-content-v1\n<a> - 1 b\n<a> x 1 z\n' | sha256sum
        assertEquals(
                "sha256:4bb544965f246d5f2896acfe5c21bb2dee6d76b2d0a69691b7425068b2d7ab8a", digest);
    }

    @Test
    void executableBit_changed_changesTheDigest() throws IOException {
        // Given
        byte[] plain = new ZipBuilder().file("run", "b", FILE).bytes();
        byte[] program = new ZipBuilder().file("run", "b", PROGRAM).bytes();

        // When
        String first = read(plain, ArchiveSink.NOWHERE).contentDigest();
        String second = read(program, ArchiveSink.NOWHERE).contentDigest();

        // Then
        assertFalse(first.equals(second));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void goodArchive_writtenToDirectory_directoryHasItsDigest(boolean asZip)
            throws IOException {
        // Given
        Map<String, String> files = new LinkedHashMap<>();
        files.put("weather/skill.yaml", "name: weather");
        files.put("weather/handlers/main.py", "print('hello')");
        files.put("weather/имя 🌤.txt", "");
        byte[] archive = asZip ? TestArchives.zip(files) : TestArchives.tarGz(files);
        Path target = Files.createDirectory(directory.resolve("out"));

        // When
        ArchiveContents contents = read(archive, new DirectorySink(target));

        // Then
        assertEquals("weather", contents.topFolder().orElseThrow());
        assertEquals(contents.contentDigest(),
                ContentDigest.ofDirectory(contents.rootIn(target)));
        assertEquals("name: weather",
                Files.readString(contents.rootIn(target).resolve("skill.yaml")));
    }

    @Test
    void captured_manifestAndTooLongFile_onlyTheShortOneHasContent() throws IOException {
        // Given
        byte[] archive = TestArchives.zip(
                Map.of("a/skill.yaml", "name: a", "a/long.yaml", "x".repeat(100)));
        CapturedFiles captured = new CapturedFiles(path -> path.endsWith(".yaml"), 50);

        // When
        ArchiveContents contents = read(archive, captured);

        // Then
        assertArrayEquals("name: a".getBytes(StandardCharsets.UTF_8),
                captured.content(contents.rawPath("skill.yaml")).orElseThrow());
        assertTrue(captured.isTooLong("a/long.yaml"));
        assertTrue(captured.content("a/long.yaml").isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "../evil, parent_path", "a/../../evil, parent_path", "/etc/evil, absolute_path",
        "C:/evil, absolute_path", "a/b\\evil, backslash", "a//b, empty_segment",
        "a/./b, empty_segment", "a\u0007b, name_encoding", "a\u202Eb, name_encoding",
        "skill.yaml, duplicate", "SKILL.yaml, duplicate", "skill.yaml/x, duplicate"})
    void hostileName_inZip_isRefusedByItsCode(String name, String code) throws IOException {
        // Given
        byte[] archive = new ZipBuilder().file("skill.yaml", "a", FILE)
                .file(name, "evil", FILE).bytes();

        // When
        HubException refusal = refusal(archive, ArchiveLimits.DEFAULT);

        // Then
        assertEquals(HubErrorCode.ARCHIVE_UNSAFE, refusal.code());
        assertEquals(List.of(code), codes(refusal));
    }

    @ParameterizedTest
    @CsvSource({"../evil, parent_path", "/etc/evil, absolute_path", "a//b, empty_segment"})
    void hostileName_inTar_isRefusedByItsCode(String name, String code) throws IOException {
        // Given
        byte[] archive = new TarBuilder().file("skill.yaml", "a", 0644)
                .file(name, "evil", 0644).bytes();

        // When
        HubException refusal = refusal(archive, ArchiveLimits.DEFAULT);

        // Then
        assertEquals(List.of(code), codes(refusal));
    }

    @Test
    void linksAndDevices_inTar_areAllNamedAtOnce() throws IOException {
        // Given
        byte[] archive = new TarBuilder().file("skill.yaml", "a", 0644)
                .special("soft", TarConstants.LF_SYMLINK, "/etc/passwd")
                .special("hard", TarConstants.LF_LINK, "skill.yaml")
                .special("pipe", TarConstants.LF_FIFO, "")
                .special("disk", TarConstants.LF_BLK, "")
                .special("tty", TarConstants.LF_CHR, "").bytes();

        // When
        HubException refusal = refusal(archive, ArchiveLimits.DEFAULT);

        // Then
        assertEquals(HubErrorCode.ARCHIVE_UNSAFE, refusal.code());
        assertEquals(List.of("link", "link", "special_file", "special_file", "special_file"),
                codes(refusal));
    }

    @Test
    void linkAndDevice_inZip_areRefused() throws IOException {
        // Given
        byte[] archive = new ZipBuilder().file("soft", "/etc/passwd", 0120777)
                .file("disk", "", 0060644).bytes();

        // When
        HubException refusal = refusal(archive, ArchiveLimits.DEFAULT);

        // Then
        assertEquals(List.of("link", "special_file"), codes(refusal));
    }

    @Test
    void encryptedEntry_isUnreadable() throws IOException {
        // Given: the flag in both headers says encrypted
        byte[] archive = TestArchives.zip(Map.of("skill.yaml", "a"));
        setBit(archive, new byte[] {'P', 'K', 1, 2}, 8);
        setBit(archive, new byte[] {'P', 'K', 3, 4}, 6);

        // When
        HubException refusal = refusal(archive, ArchiveLimits.DEFAULT);

        // Then
        assertEquals(HubErrorCode.ARCHIVE_UNREADABLE, refusal.code());
        assertEquals(List.of("encrypted"), codes(refusal));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void bomb_isStoppedAtTheLimit(boolean asZip) throws IOException {
        // Given
        long length = 64L << 20;
        byte[] archive = asZip
                ? new ZipBuilder().zeros("bomb", length).bytes()
                : new TarBuilder().zeros("bomb", length).bytes();

        // When
        HubException refusal = refusal(archive, SMALL);

        // Then
        assertEquals(HubErrorCode.ARCHIVE_TOO_LARGE, refusal.code());
    }

    @Test
    void hugeLongName_inTar_isStoppedBeforeItIsGathered() throws IOException {
        // Given: a GNU long name of 32 MiB
        byte[] archive = new TarBuilder().longName(32 << 20).file("a", "a", 0644).bytes();

        // When
        HubException refusal = refusal(archive, ArchiveLimits.DEFAULT);

        // Then
        assertEquals(HubErrorCode.ARCHIVE_TOO_LARGE, refusal.code());
    }

    @ParameterizedTest
    @ValueSource(ints = {9, 40})
    void tooManyFiles_areRefused(int count) throws IOException {
        // Given
        Map<String, String> files = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            files.put("f" + i, "");
        }

        // When
        HubException zip = refusal(TestArchives.zip(files), SMALL);
        HubException tar = refusal(TestArchives.tarGz(files), SMALL);

        // Then
        assertEquals(HubErrorCode.ARCHIVE_TOO_LARGE, zip.code());
        assertEquals(HubErrorCode.ARCHIVE_TOO_LARGE, tar.code());
    }

    @ParameterizedTest(name = "{0} files, segments of {1}, depth {2}")
    @CsvSource({"300, 27, 32", "7_000, 1, 4"})
    void tooManyFolders_onTheWayToFiles_areRefused(String files, int length, int depth)
            throws IOException {
        // Given: every file brings folders of its own
        Map<String, String> deep = new LinkedHashMap<>();
        for (int i = 0; i < Integer.parseInt(files.replace("_", "")); i++) {
            deep.put("f" + i + ("/" + "x".repeat(length)).repeat(depth - 1), "");
        }

        // When
        HubException refusal = refusal(TestArchives.zip(deep), ArchiveLimits.DEFAULT);

        // Then
        assertEquals(HubErrorCode.ARCHIVE_TOO_LARGE, refusal.code());
    }

    @Test
    void manyFiles_inFewDeepFolders_areTaken() throws IOException {
        // Given
        Map<String, String> files = new LinkedHashMap<>();
        for (int i = 0; i < 10_000; i++) {
            files.put("folder/".repeat(15) + "d" + i % 500 + "/file" + i, "");
        }

        // When
        ArchiveContents contents = read(TestArchives.zip(files), ArchiveSink.NOWHERE);

        // Then
        assertEquals(10_000, contents.files().size());
    }

    @Test
    void packedArchive_overItsLimit_isRefusedUnread() throws IOException {
        // Given
        byte[] archive = new byte[(1 << 20) + 1];

        // When
        HubException refusal = refusal(archive, SMALL);

        // Then
        assertEquals(HubErrorCode.ARCHIVE_TOO_LARGE, refusal.code());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "P", "hello, I am a text", "PK\u0003\u0004 broken"})
    void notAnArchive_isUnreadable(String text) throws IOException {
        // Given
        byte[] archive = text.getBytes(StandardCharsets.ISO_8859_1);

        // When
        HubException refusal = refusal(archive, ArchiveLimits.DEFAULT);

        // Then
        assertEquals(HubErrorCode.ARCHIVE_UNREADABLE, refusal.code());
    }

    @ParameterizedTest(name = "zip {0}")
    @ValueSource(booleans = {true, false})
    void everyTruncation_isUnreadable(boolean asZip) throws IOException {
        // Given
        Map<String, String> files = Map.of("a/skill.yaml", "name: a\n".repeat(20), "a/b", "c");
        byte[] whole = asZip ? TestArchives.zip(files) : TestArchives.tarGz(files);

        for (int length = 0; length < whole.length; length++) {
            // When
            HubException refusal = refusal(Arrays.copyOf(whole, length), ArchiveLimits.DEFAULT);

            // Then
            assertEquals(HubErrorCode.ARCHIVE_UNREADABLE, refusal.code(), "length " + length);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 20260407})
    void flippedBytes_areRefusedOrReadUnchanged(long seed) throws IOException {
        // Given
        Random random = new Random(seed);
        Map<String, String> files = Map.of("a/skill.yaml", "name: a\n".repeat(20), "a/b", "c");
        for (byte[] whole : List.of(TestArchives.zip(files), TestArchives.tarGz(files))) {
            for (int round = 0; round < 500; round++) {
                byte[] damaged = whole.clone();
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));

                // When
                Object outcome = outcome(damaged);

                // Then
                assertTrue(outcome instanceof ArchiveContents || outcome instanceof HubException,
                        () -> "seed " + seed + ": " + outcome);
            }
        }
    }

    @Test
    void sinkThatFails_isNotBlamedOnTheArchive() {
        // Given
        byte[] archive = TestArchives.zip(Map.of("a", "b"));

        // When
        IOException failure = assertThrows(IOException.class, () -> read(archive, (path, bit) -> {
            throw new IOException("no space left");
        }));

        // Then
        assertEquals("no space left", failure.getMessage());
    }

    @Test
    void refusedArchive_laterFiles_areNotWritten() throws IOException {
        // Given
        byte[] archive = new ZipBuilder().file("../evil", "x", FILE).file("b", "y", FILE).bytes();
        Path target = Files.createDirectory(directory.resolve("out"));

        // When
        assertThrows(HubException.class, () -> read(archive, new DirectorySink(target)));

        // Then
        try (Stream<Path> below = Files.list(target)) {
            assertEquals(0, below.count());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void examining_goesOnBehindFaults_andOffersWhatIsSound(boolean asZip) throws IOException {
        // Given
        byte[] archive = asZip
                ? new ZipBuilder().file("f/../x", "", FILE).file("f/a", "sound", FILE)
                        .file("/y", "", FILE).bytes()
                : new TarBuilder().file("f/../x", "", FILE).file("f/a", "sound", FILE)
                        .file("/y", "", FILE).bytes();
        CapturedFiles captured = new CapturedFiles(path -> true, 100);

        // When
        ArchiveReader.Findings found =
                new ArchiveReader(ArchiveLimits.DEFAULT).examine(write(archive), captured);

        // Then
        assertEquals(List.of("parent_path", "absolute_path"), codes(found.refusals().get(0)));
        assertEquals(1, found.refusals().size());
        assertTrue(found.isWhole());
        assertEquals(List.of("a"),
                found.sound().files().stream().map(ArchivedFile::path).toList());
        assertEquals("sound", new String(captured.content("f/a").orElseThrow()));
    }

    @Test
    void examining_tooMuch_saysSo_besideWhatWasFoundBefore() throws IOException {
        // Given: nine files where eight are allowed, and one of more bytes than are
        ZipBuilder many = new ZipBuilder().file("/y", "", FILE);
        for (int i = 0; i < 9; i++) {
            many.file("f" + i, "", FILE);
        }
        byte[] large = new ZipBuilder().file("/y", "", FILE).file("a", "", FILE)
                .zeros("b", 64L << 20).file("c", "", FILE).bytes();
        ArchiveReader reader = new ArchiveReader(SMALL);

        // When
        ArchiveReader.Findings tooMany = reader.examine(write(many.bytes()), ArchiveSink.NOWHERE);
        ArchiveReader.Findings tooLarge = reader.examine(write(large), ArchiveSink.NOWHERE);

        // Then
        for (ArchiveReader.Findings found : List.of(tooMany, tooLarge)) {
            assertEquals(List.of(HubErrorCode.ARCHIVE_TOO_LARGE, HubErrorCode.ARCHIVE_UNSAFE),
                    found.refusals().stream().map(HubException::code).toList());
        }
        assertTrue(tooMany.isWhole());
        assertEquals(9, tooMany.sound().files().size());
        assertFalse(tooLarge.isWhole());
        assertEquals(1, tooLarge.sound().files().size());
    }

    @Test
    void examining_whatIsDamagedOrEmpty_findsNothingSound() throws IOException {
        // Given
        byte[] tar = new TarBuilder().file("a", "a", FILE).bytes();
        ArchiveReader reader = new ArchiveReader(ArchiveLimits.DEFAULT);

        // When
        ArchiveReader.Findings damaged = reader.examine(
                write(Arrays.copyOf(tar, tar.length - 4)), ArchiveSink.NOWHERE);
        ArchiveReader.Findings empty =
                reader.examine(write(TestArchives.zip(Map.of())), ArchiveSink.NOWHERE);

        // Then
        for (ArchiveReader.Findings found : List.of(damaged, empty)) {
            assertEquals(HubErrorCode.ARCHIVE_UNREADABLE, found.refusals().get(0).code());
            assertEquals(List.of(), found.sound().files());
            assertFalse(found.isWhole());
        }
    }

    private Object outcome(byte[] archive) throws IOException {
        try {
            return read(archive, ArchiveSink.NOWHERE);
        } catch (HubException refusal) {
            return refusal;
        }
    }

    private HubException refusal(byte[] archive, ArchiveLimits limits) throws IOException {
        Path file = write(archive);
        return assertThrows(HubException.class,
                () -> new ArchiveReader(limits).read(file, ArchiveSink.NOWHERE));
    }

    private ArchiveContents read(byte[] archive, ArchiveSink sink) throws IOException {
        return new ArchiveReader(ArchiveLimits.DEFAULT).read(write(archive), sink);
    }

    private Path write(byte[] archive) throws IOException {
        return Files.write(directory.resolve("archive"), archive);
    }

    private static List<String> codes(HubException refusal) {
        return refusal.errors().stream().map(FieldProblem::code).collect(Collectors.toList());
    }

    private static void setBit(byte[] bytes, byte[] signature, int offset) {
        for (int i = 0; i + offset < bytes.length; i++) {
            if (Arrays.equals(bytes, i, i + 4, signature, 0, 4)) {
                bytes[i + offset] |= 1;
            }
        }
    }
}
