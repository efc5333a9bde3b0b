package io.adaos.hub.runtime.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Writes files below an empty directory of ours; owner, times and other modes are not kept. */
public final class DirectorySink implements ArchiveSink {

    private static final Set<PosixFilePermission> PLAIN =
            PosixFilePermissions.fromString("rw-r--r--");
    private static final Set<PosixFilePermission> EXECUTABLE =
            PosixFilePermissions.fromString("rwxr-xr-x");

    private final Path directory;

    public DirectorySink(Path directory) {
        this.directory = directory.toAbsolutePath().normalize();
    }

    @Override
    public OutputStream open(String path, boolean executable) throws IOException {
        Path file = directory.resolve(path).normalize();
        if (!file.startsWith(directory) || file.equals(directory)) {
            throw new IllegalArgumentException("not below the directory: " + path);
        }
        Files.createDirectories(file.getParent());
        OutputStream out = Files.newOutputStream(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        Files.setPosixFilePermissions(file, executable ? EXECUTABLE : PLAIN);
        return out;
    }
}
