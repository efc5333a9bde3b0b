package io.adaos.hub.cli.push;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Packs an artifact's folder into a tar.gz: one top folder, paths in order, no times and no owners,
 * so that the same content gives the same bytes on every machine.
 */
final class ArtifactPacker {
    private static final Set<String> FOLDERS_LEFT_OUT = Set.of(".git", "__pycache__",
            ".pytest_cache", ".mypy_cache", ".venv", "node_modules", "dist", "build", ".idea");
    private static final int MODE_PLAIN = 0100644;
    private static final int MODE_EXECUTABLE = 0100755;

    private ArtifactPacker() {}

    /** @throws PushFailed when the folder holds links or special files, all of them named */
    static void pack(Path folder, String topFolder, OutputStream target)
            throws IOException, PushFailed {
        Map<String, Path> files = files(folder);
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(
                new GZIPOutputStream(new BufferedOutputStream(target)),
                StandardCharsets.UTF_8.name())) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            tar.setAddPaxHeadersForNonAsciiNames(true);
            for (Map.Entry<String, Path> file : files.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(topFolder + "/" + file.getKey());
                entry.setSize(Files.size(file.getValue()));
                entry.setMode(Files.isExecutable(file.getValue()) ? MODE_EXECUTABLE : MODE_PLAIN);
                entry.setModTime(0);
                tar.putArchiveEntry(entry);
                Files.copy(file.getValue(), tar);
                tar.closeArchiveEntry();
            }
        }
    }

    /** What belongs to the artifact, by its path in it. */
    static Map<String, Path> files(Path folder) throws IOException, PushFailed {
        Map<String, Path> files = new TreeMap<>();
        List<String> refused = new ArrayList<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
                boolean leftOut = !path.equals(folder)
                        && FOLDERS_LEFT_OUT.contains(path.getFileName().toString());
                return leftOut ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
                String name = folder.relativize(path).toString().replace('\\', '/');
                if (isLeftOut(path.getFileName().toString())) {
                    return FileVisitResult.CONTINUE;
                }
                if (attributes.isRegularFile()) {
                    files.put(name, path);
                } else {
                    refused.add(name + ": " + (attributes.isSymbolicLink()
                            ? "is a link; put the file itself there"
                            : "is no ordinary file; remove it"));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        if (!refused.isEmpty()) {
            throw PushFailed.withFaults(PushExit.REJECTED,
                    "the folder holds what cannot be published",
                    refused.stream().sorted().toList());
        }
        return files;
    }

    private static boolean isLeftOut(String fileName) {
        return fileName.equals(".DS_Store") || fileName.endsWith(".pyc")
                || fileName.endsWith(".pyo") || fileName.equals(".git");
    }
}
