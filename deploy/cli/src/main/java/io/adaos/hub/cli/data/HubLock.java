package io.adaos.hub.cli.data;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The right to supervise a data folder. The kernel gives it back when its holder ends, however it
 * ends, so a killed supervisor never locks anybody out.
 */
public final class HubLock implements AutoCloseable {
    private final FileChannel channel;
    private final FileLock lock;

    private HubLock(FileChannel channel, FileLock lock) {
        this.channel = channel;
        this.lock = lock;
    }

    /** Empty when another process holds it. */
    public static Optional<HubLock> tryAcquire(DataFolder data) throws IOException {
        Path file = data.run().resolve("hub.lock");
        FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        Optional<FileLock> lock = tryLock(channel);
        if (lock.isEmpty()) {
            channel.close();
        }
        return lock.map(held -> new HubLock(channel, held));
    }

    @Override
    public void close() throws IOException {
        lock.release();
        channel.close();
    }

    /** Held by another process, or by this one. */
    private static Optional<FileLock> tryLock(FileChannel channel) throws IOException {
        try {
            return Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException e) {
            return Optional.empty();
        }
    }
}
