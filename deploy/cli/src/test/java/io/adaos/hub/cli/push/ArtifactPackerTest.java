package io.adaos.hub.cli.push;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactPackerTest {

    @TempDir
    Path folder;

    @Test
    void pack_folderWithJunk_holdsTheFilesInOrderUnderOneTop() throws Exception {
        // Given
        for (String name : new String[] {"skill.yaml", "handlers/main.py", "a/ж.txt", "Z.txt",
            ".git/config", "x/.git", "handlers/__pycache__/m.pyc", "old.pyc", "old.pyo",
            ".DS_Store", "a/.DS_Store", ".venv/bin/python", "node_modules/a/b.js", "dist/o.js",
            "build/o.js", ".idea/x.xml", ".pytest_cache/v", ".mypy_cache/v", ".env.example",
            "building/kept.txt"}) {
            put(name);
        }

        // When
        List<String> names = names(pack());

        // Then
        assertEquals(List.of("top/.env.example", "top/Z.txt", "top/a/ж.txt",
                "top/building/kept.txt", "top/handlers/main.py", "top/skill.yaml"), names);
    }

    @Test
    void pack_otherTimesSameContent_givesTheSameBytes() throws Exception {
        // Given
        put("skill.yaml");
        byte[] before = pack();

        // When
        Files.setLastModifiedTime(folder.resolve("skill.yaml"), FileTime.fromMillis(1_000));

        // Then
        assertArrayEquals(before, pack());
    }

    @Test
    void pack_executable_keepsItsBit() throws Exception {
        // Given
        put("run.sh");
        put("skill.yaml");
        Files.setPosixFilePermissions(folder.resolve("run.sh"),
                PosixFilePermissions.fromString("rwx------"));

        // When
        List<TarArchiveEntry> entries = entries(pack());

        // Then
        assertEquals(0100755, entries.get(0).getMode());
        assertEquals(0100644, entries.get(1).getMode());
    }

    @Test
    void pack_links_areRefusedAllAtOnce() throws IOException {
        // Given
        put("skill.yaml");
        Files.createSymbolicLink(folder.resolve("one"), Path.of("skill.yaml"));
        Files.createSymbolicLink(folder.resolve("two"), Path.of("nowhere"));

        // When
        PushFailed failed = assertThrows(PushFailed.class, this::pack);

        // Then
        assertEquals(PushExit.REJECTED, failed.exit());
        assertEquals(2, failed.details().size());
        assertTrue(failed.details().get(0).startsWith("one: is a link"));
    }

    @Test
    void pack_longPath_isKeptWhole() throws Exception {
        // Given
        String name = "d".repeat(120) + "/" + "f".repeat(150) + ".txt";
        put(name);

        // When
        List<String> names = names(pack());

        // Then
        assertEquals(List.of("top/" + name), names);
    }

    private byte[] pack() throws IOException, PushFailed {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ArtifactPacker.pack(folder, "top", bytes);
        return bytes.toByteArray();
    }

    private static List<String> names(byte[] archive) throws IOException {
        return entries(archive).stream().map(TarArchiveEntry::getName).toList();
    }

    private static List<TarArchiveEntry> entries(byte[] archive) throws IOException {
        List<TarArchiveEntry> entries = new ArrayList<>();
        try (TarArchiveInputStream tar = new TarArchiveInputStream(
                new GZIPInputStream(new ByteArrayInputStream(archive)),
                StandardCharsets.UTF_8.name())) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null;
                    entry = tar.getNextEntry()) {
                entries.add(entry);
            }
        }
        return entries;
    }

    private void put(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "content of " + name);
    }
}
