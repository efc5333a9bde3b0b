package io.adaos.hub.operations.diagnostics;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The ends of the log files of one folder. */
final class LogTails {

    /** Bytes of one file. */
    static final int TAIL_BYTES = 256 * 1024;
    static final int FILES_MAX = 16;
    private static final String WHERE = "logs/";

    private final Optional<Path> folder;

    /** @param folder empty when the logs are not in files */
    LogTails(Optional<Path> folder) {
        this.folder = folder;
    }

    /** Every {@code *.log}, as a part of the bundle; what cannot be read says why. */
    List<BundlePart> read() {
        if (folder.isEmpty()) {
            return List.of(BundlePart.missing(WHERE,
                    "the logs are not in files here (hub.diagnostics.logs-dir is not set)"));
        }
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> logs = Files.newDirectoryStream(folder.get(), "*.log")) {
            for (Path file : logs) {
                if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    files.add(file);
                }
            }
        } catch (IOException e) {
            return List.of(BundlePart.missing(WHERE, "unreadable: " + e));
        }
        List<BundlePart> parts = new ArrayList<>();
        files.stream().sorted().limit(FILES_MAX).forEach(file -> parts.add(tail(file)));
        if (files.size() > FILES_MAX) {
            parts.add(BundlePart.missing(WHERE,
                    (files.size() - FILES_MAX) + " more files are left out"));
        }
        return parts;
    }

    private static BundlePart tail(Path file) {
        String name = WHERE + file.getFileName();
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "r")) {
            long length = open.length();
            byte[] bytes = new byte[(int) Math.min(length, TAIL_BYTES)];
            open.seek(length - bytes.length);
            open.readFully(bytes);
            String text = new String(bytes, StandardCharsets.UTF_8);
            boolean cut = length > bytes.length;
            // what is left of a line that was cut could be the end of a secret
            String whole = cut ? text.substring(text.indexOf('\n') + 1) : text;
            return BundlePart.of(name, whole, cut);
        } catch (IOException e) {
            return BundlePart.missing(name, "unreadable: " + e);
        }
    }
}
