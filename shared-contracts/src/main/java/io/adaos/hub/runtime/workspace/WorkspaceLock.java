package io.adaos.hub.runtime.workspace;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;

/** Lets one thread of one process at a time make links and records agree. */
public final class WorkspaceLock {

    private final Path file;
    private final ReentrantLock inProcess = new ReentrantLock();

    public WorkspaceLock(Path file) {
        this.file = file;
    }

    /** Work that may fail to read or write. */
    @FunctionalInterface
    public interface Work {
        void run() throws IOException;
    }

    /** Does the work alone. The lock of a process that was killed is freed by the system. */
    public void alone(Work work) throws IOException {
        inProcess.lock();
        try {
            Files.createDirectories(file.getParent());
            try (FileChannel channel = FileChannel.open(
                            file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock held = channel.lock()) {
                if (!held.isValid()) {
                    throw new IOException("the lock " + file + " was lost");
                }
                work.run();
            }
        } finally {
            inProcess.unlock();
        }
    }
}
