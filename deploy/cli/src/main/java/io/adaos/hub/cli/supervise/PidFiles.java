package io.adaos.hub.cli.supervise;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/**
 * The pid files of one hub: {@code NAME.pid} holds nothing but the pid, so that scripts may use it
 * as it is; {@code NAME.start} beside it holds what makes the pid unmistakable.
 */
public final class PidFiles {
    private final Path folder;

    public PidFiles(Path folder) {
        this.folder = folder;
    }

    /** A process that was started under a name, and a mark of how it was started. */
    public record Entry(ProcessIdentity process, String fingerprint) {}

    public void write(String name, Entry entry) throws IOException {
        ProcessIdentity process = entry.process();
        put(start(name), process.pid() + "\n" + process.start() + "\n"
                + entry.fingerprint() + "\n");
        put(pid(name), process.pid() + "\n");
    }

    /** The process of that name, if it is still the one that was started. */
    public Optional<Entry> findAlive(String name) {
        return read(name).filter(entry -> entry.process().isAlive());
    }

    public void delete(String name) throws IOException {
        Files.deleteIfExists(pid(name));
        Files.deleteIfExists(start(name));
    }

    private Optional<Entry> read(String name) {
        try {
            List<String> lines = Files.readAllLines(start(name));
            long pid = Long.parseLong(lines.get(0));
            return Optional.of(new Entry(new ProcessIdentity(pid, lines.get(1)), lines.get(2)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            // A damaged file proves nothing about any process: nobody is killed on its word.
            return Optional.empty();
        }
    }

    private static void put(Path file, String text) throws IOException {
        Path whole = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(whole, text);
        Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    private Path pid(String name) {
        return folder.resolve(name + ".pid");
    }

    private Path start(String name) {
        return folder.resolve(name + ".start");
    }
}
