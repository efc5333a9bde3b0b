package io.adaos.hub.cli.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What tests do with folders. */
final class Folders {

    private Folders() {
    }

    static void delete(Path folder) throws IOException {
        List<Path> below;
        try (Stream<Path> walk = Files.walk(folder)) {
            below = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : below) {
            Files.delete(each);
        }
    }
}
