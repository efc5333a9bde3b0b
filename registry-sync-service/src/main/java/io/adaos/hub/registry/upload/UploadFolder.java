package io.adaos.hub.registry.upload;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where one process keeps what is being pushed, and what dead ones have left beside it. */
public final class UploadFolder implements AutoCloseable {

    /*
     * Notes.
     *
     * The framework gives the files of a form the same kind of name in every process, so a file
     * does not tell whose it is. Each process has a folder instead, with a name that never comes
     * back, and holds a lock in it while it lives; however it ends, the system frees the lock.
     *
     * Deleted is what is ours by its name, has not been written for an hour, and lies in a folder
     * that nobody holds. In doubt it stays.
     */

    static final Duration KEPT = Duration.ofHours(1);

    private static final Pattern FOLDER = Pattern.compile("hub-push-[0-9a-f-]{36}");
    private static final Pattern FILE =
            Pattern.compile("(resteasy-reactive[0-9]+upload|hub-push-[0-9]+\\.archive)");
    private static final String LOCK = "in-use.lock";

    private final Path folder;
    /** Null until opened. */
    private FileChannel lock;

    /** What a sweep has deleted, and how many folders it could not judge or empty. */
    record Swept(int files, long bytes, int failures) {
        Swept plus(Swept other) {
            return new Swept(files + other.files, bytes + other.bytes, failures + other.failures);
        }
    }

    /** A folder whose name no other process has: {@code hub-push-<uuid>}. */
    public UploadFolder(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    /** Makes the folder and holds it until closed or until the process ends. */
    synchronized void open() throws IOException {
        Files.createDirectories(folder);
        lock = FileChannel.open(
                folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        lock.tryLock();
    }

    /** A new file for an archive; whoever asks for it deletes it. */
    public Path newFile() throws IOException {
        Files.createDirectories(folder);
        return Files.createTempFile(folder, "hub-push-", ".archive");
    }

    /** Deletes what dead processes have left in the folders beside this one. */
    Swept sweep(Instant now) {
        try {
            Swept all = new Swept(0, 0, 0);
            for (Path other : list(folder.getParent())) {
                if (!other.equals(folder) && isOfSomeProcess(other)) {
                    all = all.plus(sweep(other, now.minus(KEPT)));
                }
            }
            return all;
        } catch (IOException e) {
            return new Swept(0, 0, 1);
        }
    }

    /** Gives the folder up; it goes when nothing is left in it. */
    @Override
    public synchronized void close() throws IOException {
        if (lock != null) {
            removeEmpty(folder);
            lock.close();
            lock = null;
        }
    }

    /** Whether this is a file that a push is kept in, by its name. */
    static boolean isUpload(Path file) {
        return FILE.matcher(file.getFileName().toString()).matches()
                && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }

    private static boolean isOfSomeProcess(Path other) {
        return FOLDER.matcher(other.getFileName().toString()).matches()
                && Files.isDirectory(other, LinkOption.NOFOLLOW_LINKS);
    }

    private static Swept sweep(Path other, Instant before) {
        try (FileChannel held = FileChannel.open(other.resolve(LOCK), StandardOpenOption.WRITE)) {
            return held.tryLock() == null ? new Swept(0, 0, 0) : empty(other, before);
        } catch (OverlappingFileLockException e) {
            return new Swept(0, 0, 0);          // held by this very process
        } catch (NoSuchFileException e) {
            return sweepUnlocked(other, before);
        } catch (IOException e) {
            return new Swept(0, 0, 1);
        }
    }

    /** Without its lock a folder is just being made, or half removed. */
    private static Swept sweepUnlocked(Path other, Instant before) {
        try {
            return isOlder(other, before) ? empty(other, before) : new Swept(0, 0, 0);
        } catch (IOException e) {
            return new Swept(0, 0, 1);
        }
    }

    private static Swept empty(Path other, Instant before) throws IOException {
        int files = 0;
        long bytes = 0;
        for (Path file : list(other)) {
            if (isUpload(file) && isOlder(file, before)) {
                long length = Files.size(file);
                Files.delete(file);
                files++;
                bytes += length;
            }
        }
        removeEmpty(other);
        return new Swept(files, bytes, 0);
    }

    /** Removes a folder that holds its lock at most. */
    private static void removeEmpty(Path folder) throws IOException {
        if (list(folder).stream().allMatch(file -> file.endsWith(LOCK))) {
            Files.deleteIfExists(folder.resolve(LOCK));
            try {
                Files.deleteIfExists(folder);
            } catch (DirectoryNotEmptyException e) {
                return;                         // something has come in between, and stays
            }
        }
    }

    private static boolean isOlder(Path file, Instant before) throws IOException {
        return Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant()
                .isBefore(before);
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
