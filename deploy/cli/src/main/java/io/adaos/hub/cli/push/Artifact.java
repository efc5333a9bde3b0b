package io.adaos.hub.cli.push;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * One thing to publish, as an archive on disk.
 *
 * @param path what the caller named
 * @param name the artifact's name where it is known: that of the folder
 * @param archive the bytes to send
 * @param temporary whether the archive was made by us and goes with {@link #close()}
 */
record Artifact(Path path, ArtifactKind kind, Optional<String> name, Path archive,
        boolean temporary) implements AutoCloseable {
    /** How many names of an archive are looked at: more than the registry accepts. */
    private static final int ENTRIES_LOOKED_AT_MAX = 20_000;
    private static final List<String> NEAR_MISSES = List.of("skill.yml", "scenario.yml",
            "skill.json", "scenario.json", "manifest.yaml", "manifest.yml", "manifest.json");

    /** Packs a folder, or takes an archive as it is. */
    static Artifact open(Path path) throws IOException, PushFailed {
        if (Files.isDirectory(path)) {
            return ofFolder(path);
        }
        if (Files.isRegularFile(path)) {
            return new Artifact(path, kindOfArchive(path), Optional.empty(), path, false);
        }
        throw PushFailed.because(PushExit.USAGE, "there is no such folder or file",
                "name a folder with a skill.yaml or scenario.yaml, or a .zip or .tar.gz of one");
    }

    /** The name under which the archive is sent. */
    String fileName() {
        return name.map(known -> known + ".tar.gz").orElseGet(() -> path.getFileName().toString());
    }

    @Override
    public void close() throws IOException {
        if (temporary) {
            Files.deleteIfExists(archive);
        }
    }

    private static Artifact ofFolder(Path folder) throws IOException, PushFailed {
        Path real = folder.toRealPath();
        Set<ArtifactKind> kinds = EnumSet.noneOf(ArtifactKind.class);
        for (ArtifactKind kind : ArtifactKind.values()) {
            if (Files.isRegularFile(real.resolve(kind.manifest()))) {
                kinds.add(kind);
            }
        }
        ArtifactKind kind = onlyOne(kinds, nearMiss(real));
        if (real.getFileName() == null) {
            throw PushFailed.because(PushExit.USAGE, "the root folder has no name",
                    "put the artifact into a folder of its own");
        }
        String name = real.getFileName().toString();
        Path archive = Files.createTempFile("hub-push-", ".tar.gz");
        try (OutputStream out = Files.newOutputStream(archive)) {
            ArtifactPacker.pack(real, name, out);
            return new Artifact(folder, kind, Optional.of(name), archive, true);
        } catch (IOException | PushFailed e) {
            Files.deleteIfExists(archive);
            throw e;
        }
    }

    private static Optional<String> nearMiss(Path folder) {
        return NEAR_MISSES.stream().filter(name -> Files.exists(folder.resolve(name))).findFirst();
    }

    private static ArtifactKind kindOfArchive(Path archive) throws IOException, PushFailed {
        String name = archive.getFileName().toString().toLowerCase(Locale.ROOT);
        try {
            if (name.endsWith(".zip")) {
                return onlyOne(kindsInZip(archive), Optional.empty());
            }
            if (name.endsWith(".tar.gz") || name.endsWith(".tgz")) {
                return onlyOne(kindsInTar(archive), Optional.empty());
            }
        } catch (IOException e) {
            throw PushFailed.because(PushExit.REJECTED, "the archive cannot be read: "
                    + e.getMessage(), "pack it again, or name the folder itself");
        }
        throw PushFailed.because(PushExit.USAGE, "is neither a folder nor a .zip or .tar.gz",
                "name a folder with a skill.yaml or scenario.yaml, or a .zip or .tar.gz of one");
    }

    private static Set<ArtifactKind> kindsInZip(Path archive) throws IOException {
        Set<ArtifactKind> kinds = EnumSet.noneOf(ArtifactKind.class);
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            Collections.list(zip.entries()).stream()
                    .limit(ENTRIES_LOOKED_AT_MAX)
                    .forEach(entry -> addKind(entry.getName(), kinds));
        }
        return kinds;
    }

    private static Set<ArtifactKind> kindsInTar(Path archive) throws IOException {
        Set<ArtifactKind> kinds = EnumSet.noneOf(ArtifactKind.class);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(archive));
                TarArchiveInputStream tar =
                        new TarArchiveInputStream(new GZIPInputStream(in))) {
            int looked = 0;
            for (TarArchiveEntry entry = tar.getNextEntry();
                    entry != null && looked < ENTRIES_LOOKED_AT_MAX;
                    entry = tar.getNextEntry()) {
                addKind(entry.getName(), kinds);
                looked++;
            }
        }
        return kinds;
    }

    /** A manifest counts at the top, or in the one folder at the top. */
    private static void addKind(String entryName, Set<ArtifactKind> kinds) {
        String name = entryName.startsWith("./") ? entryName.substring(2) : entryName;
        for (ArtifactKind kind : ArtifactKind.values()) {
            if (name.equals(kind.manifest()) || name.matches("[^/]+/" + kind.manifest())) {
                kinds.add(kind);
            }
        }
    }

    private static ArtifactKind onlyOne(Set<ArtifactKind> kinds, Optional<String> nearMiss)
            throws PushFailed {
        if (kinds.isEmpty()) {
            throw PushFailed.because(PushExit.REJECTED, "there is no skill.yaml or scenario.yaml",
                    nearMiss.map(name -> "rename " + name + " and write it as YAML")
                            .orElse("put exactly one of them at the top"));
        }
        if (kinds.size() > 1) {
            throw PushFailed.because(PushExit.REJECTED,
                    "there is a skill.yaml and a scenario.yaml", "keep one of them");
        }
        return kinds.iterator().next();
    }
}
