package io.adaos.hub.cli.supervise;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * A log that a child appends to by itself: it is kept bounded, and its new lines can be followed.
 *
 * <p>Not thread-safe.
 */
public final class LogFile {
    /*
     * Notes on rotation.
     *
     * The child holds the file open for appending, so the file is copied to NAME.log.1 and then
     * cut to nothing; the next line of the child lands at its new end. Lines written between copy
     * and cut are lost: a log may lose a line, it may not fill the disk.
     */
    private static final int READ_BYTES_MAX = 1 << 16;

    private final Path file;
    private final long bytesMax;
    private long offset;

    public LogFile(Path file, long bytesMax) {
        this.file = file;
        this.bytesMax = bytesMax;
    }

    /** What is in the log now is not new. */
    public LogFile fromHere() throws IOException {
        offset = Files.exists(file) ? Files.size(file) : 0;
        return this;
    }

    /** The whole lines that came since the last call, a bounded number of them. */
    public List<String> newLines() throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "r")) {
            if (open.length() < offset) {
                offset = 0;
            }
            byte[] bytes = new byte[(int) Math.min(READ_BYTES_MAX, open.length() - offset)];
            open.seek(offset);
            open.readFully(bytes);
            int whole = endOfLastLine(bytes);
            offset += whole;
            return new String(bytes, 0, whole, StandardCharsets.UTF_8).lines().toList();
        }
    }

    public void rotateWhenFull() throws IOException {
        if (Files.exists(file) && Files.size(file) > bytesMax) {
            Files.copy(file, file.resolveSibling(file.getFileName() + ".1"),
                    StandardCopyOption.REPLACE_EXISTING);
            try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
                open.setLength(0);
            }
            offset = 0;
        }
    }

    /** What follows the last line end is read again later; a line longer than the buffer is cut. */
    private static int endOfLastLine(byte[] bytes) {
        for (int i = bytes.length; i > 0; i--) {
            if (bytes[i - 1] == '\n') {
                return i;
            }
        }
        return bytes.length == READ_BYTES_MAX ? bytes.length : 0;
    }
}
