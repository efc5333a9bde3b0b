package io.adaos.hub.runtime.archive;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a read archive holds.
 *
 * @param topFolder the one folder that holds every file, when there is one
 * @param files in the order of their paths' UTF-8 bytes; paths are below {@code topFolder}
 * @param contentDigest {@code sha256:<hex>}, see {@link ContentDigest}
 */
public record ArchiveContents(
        Optional<String> topFolder, List<ArchivedFile> files, String contentDigest) {

    public ArchiveContents {
        files = List.copyOf(files);
    }

    /** Takes files by their paths as the archive spells them. */
    static ArchiveContents ofRaw(List<ArchivedFile> raw) {
        Optional<String> top = singleTopFolder(raw);
        int cut = top.map(folder -> folder.length() + 1).orElse(0);
        List<ArchivedFile> files = new ArrayList<>(raw.size());
        for (ArchivedFile file : raw) {
            files.add(new ArchivedFile(file.path().substring(cut), file.executable(),
                    file.length(), file.sha256()));
        }
        files.sort(ContentDigest.ORDER);
        return new ArchiveContents(top, files, ContentDigest.of(files));
    }

    /** The path under which a sink has seen this file. */
    public String rawPath(String path) {
        return topFolder.map(folder -> folder + '/' + path).orElse(path);
    }

    /** The folder that holds the files after a {@link DirectorySink} has written them. */
    public Path rootIn(Path directory) {
        return topFolder.map(directory::resolve).orElse(directory);
    }

    /** Bytes of all files together. */
    public long unpackedBytes() {
        return files.stream().mapToLong(ArchivedFile::length).sum();
    }

    private static Optional<String> singleTopFolder(List<ArchivedFile> raw) {
        String top = null;
        for (ArchivedFile file : raw) {
            int slash = file.path().indexOf('/');
            if (slash < 0) {
                return Optional.empty();
            }
            String folder = file.path().substring(0, slash);
            if (top != null && !top.equals(folder)) {
                return Optional.empty();
            }
            top = folder;
        }
        return Optional.ofNullable(top);
    }
}
