package io.adaos.hub.registry.upload;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** A folder for uploads in which a process has ended two hours ago, before the service starts. */
public final class LeftUploads implements QuarkusTestResourceLifecycleManager {

    private Path root;

    @Override
    public Map<String, String> start() {
        try {
            root = Files.createTempDirectory("uploads");
            Path left = Files.createDirectory(root.resolve("hub-push-" + UUID.randomUUID()));
            Files.createFile(left.resolve("in-use.lock"));
            Path file = Files.writeString(left.resolve("resteasy-reactive42upload"), "half");
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(7_200)));
            return Map.of("hub.push.temp-dir", root.toString(), "test.left-upload",
                    file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        try (Stream<Path> left = Files.walk(root)) {
            left.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
