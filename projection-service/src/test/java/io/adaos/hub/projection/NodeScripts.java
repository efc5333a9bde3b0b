package io.adaos.hub.projection;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The scripts of {@code src/test/js}, with the npm packages they need. */
public final class NodeScripts {

    private static final Path FOLDER = Path.of("src/test/js").toAbsolutePath();

    private NodeScripts() {
    }

    /** Their folder; what they need is installed when it is missing. */
    public static synchronized Path folder() {
        if (Files.isDirectory(FOLDER.resolve("node_modules/yjs"))) {
            return FOLDER;
        }
        try {
            Process npm = new ProcessBuilder("npm", "ci", "--no-audit", "--no-fund")
                    .directory(FOLDER.toFile()).redirectErrorStream(true).start();
            String said = new String(npm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (npm.waitFor() != 0) {
                throw new IllegalStateException("npm ci failed:\n" + said);
            }
            return FOLDER;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
