package io.adaos.hub.runtime.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Identity of what an archive unpacks to, whatever packed it and when. */
public final class ContentDigest {
    /*
     * Notes on the encoding.
     *
     * SHA-256 over UTF-8 text: the line "hub-content-v1", then one line for each regular file in
     * the order of the paths' UTF-8 bytes,
     *
     *     <sha256 hex> <x or -> <length in decimal> <path>
     *
     * every line ended by one line feed. Paths are below the archive's single top folder, so the
     * same files packed with or without it have one identity. A path cannot hold a line feed:
     * names with control characters are refused before. Directories and times do not count.
     */

    /** The order of the files in the digest. */
    public static final Comparator<ArchivedFile> ORDER = Comparator.comparing(
            file -> file.path().getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

    private static final String HEADER = "hub-content-v1\n";
    private static final String PREFIX = "sha256:";

    private ContentDigest() {
    }

    /** {@code sha256:<hex>} of these files, in any order. */
    public static String of(Collection<ArchivedFile> files) {
        MessageDigest digest = sha256();
        digest.update(HEADER.getBytes(StandardCharsets.UTF_8));
        files.stream().sorted(ORDER).forEach(file -> digest.update(
                line(file).getBytes(StandardCharsets.UTF_8)));
        return PREFIX + HexFormat.of().formatHex(digest.digest());
    }

    /** {@code sha256:<hex>} of the regular files below a directory; links are refused. */
    public static String ofDirectory(Path directory) throws IOException {
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(directory)) {
            paths = walk.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .toList();
        }
        ArchivedFile[] files = new ArchivedFile[paths.size()];
        for (int i = 0; i < files.length; i++) {
            files[i] = read(directory, paths.get(i));
        }
        return of(Arrays.asList(files));
    }

    /** {@code sha256:<hex>} of a file's bytes. */
    public static String ofFile(Path file) throws IOException {
        return PREFIX + hexOf(file);
    }

    /** A digest that every JDK has. */
    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static ArchivedFile read(Path directory, Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("not a regular file: " + directory.relativize(file));
        }
        boolean executable = Files.getPosixFilePermissions(file)
                .contains(PosixFilePermission.OWNER_EXECUTE);
        return new ArchivedFile(directory.relativize(file).toString(), executable,
                Files.size(file), hexOf(file));
    }

    private static String hexOf(Path file) throws IOException {
        MessageDigest digest = sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String line(ArchivedFile file) {
        return file.sha256() + ' ' + (file.executable() ? 'x' : '-') + ' ' + file.length() + ' '
                + file.path() + '\n';
    }
}
