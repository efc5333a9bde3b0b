package io.adaos.hub.cli.data;

import io.adaos.hub.cli.CommandFailed;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The folder in which one hub keeps everything it must remember. */
public record DataFolder(Path root) {
    /** For the programs, an empty cluster and the copies of the services. */
    private static final long FREE_BYTES_FIRST = 384L << 20;
    private static final long FREE_BYTES_LATER = 64L << 20;

    public DataFolder {
        root = root.toAbsolutePath().normalize();
    }

    public Path run() {
        return root.resolve("run");
    }

    public Path logs() {
        return root.resolve("logs");
    }

    public Path log(String processName) {
        return logs().resolve(processName + ".log");
    }

    public Path nats() {
        return root.resolve("nats");
    }

    public Path pg() {
        return root.resolve("pg");
    }

    /** The data of the PostgreSQL server; its programs lie beside it. */
    public Path cluster() {
        return pg().resolve("data");
    }

    public Path workspace() {
        return root.resolve("workspace");
    }

    /** What is being pushed at this moment. */
    public Path uploads() {
        return root.resolve("uploads");
    }

    public Path secrets() {
        return root.resolve("secrets");
    }

    /** Copies of the built services, so that a build does not pull the rug from under them. */
    public Path app() {
        return root.resolve("app");
    }

    /** Makes the folders; refuses a place that cannot be written or has no room left. */
    public void create() {
        try {
            for (Path folder : new Path[] {
                    root, run(), logs(), nats(), pg(), workspace(), uploads(), app()}) {
                Files.createDirectories(folder);
            }
            Files.createDirectories(secrets());
            Files.setPosixFilePermissions(secrets(), PosixFilePermissions.fromString("rwx------"));
            checkRoom();
            checkWritable();
        } catch (FileAlreadyExistsException e) {
            throw CommandFailed.because("the data folder cannot be made: " + e.getFile()
                            + " exists and is not a folder",
                    "move that file away", "choose another folder with --data DIR");
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** The message for a disk or folder that fails in the middle of the work. */
    public CommandFailed unusable(IOException cause) {
        return CommandFailed.because("the data folder " + root + " cannot be used: " + why(cause),
                "make it writable for this user, or free space on its disk",
                "choose another folder with --data DIR");
    }

    private void checkRoom() throws IOException {
        long free = Files.getFileStore(root).getUsableSpace();
        long needed = Files.exists(cluster()) ? FREE_BYTES_LATER : FREE_BYTES_FIRST;
        if (free < needed) {
            throw CommandFailed.because("the disk of the data folder " + root + " is full: "
                            + (free >> 20) + " MiB free, " + (needed >> 20) + " needed",
                    "free space on that disk", "choose another folder with --data DIR");
        }
    }

    private void checkWritable() throws IOException {
        for (Path folder : new Path[] {
                run(), logs(), nats(), pg(), workspace(), uploads(), secrets()}) {
            Files.delete(Files.createTempFile(folder, ".write", ".probe"));
        }
    }

    private static String why(IOException cause) {
        String kind = cause.getClass().getSimpleName();
        return switch (kind) {
            case "AccessDeniedException" -> "no permission for " + cause.getMessage();
            case "IOException", "FileSystemException" -> String.valueOf(cause.getMessage());
            default -> kind + " " + cause.getMessage();
        };
    }
}
