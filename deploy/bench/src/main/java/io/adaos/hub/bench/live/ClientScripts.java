package io.adaos.hub.bench.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The scripts of clients and rivals, with the npm packages they need. */
public final class ClientScripts {
    private static final String STAMP = "node_modules/.package-lock.json";

    private ClientScripts() {
    }

    /**
     * Their folder; packages are installed when they are missing or older than the lock file.
     *
     * @param root the project
     */
    public static Path folder(Path root) throws IOException, InterruptedException {
        Path folder = root.resolve("deploy/bench/src/main/clients");
        Path stamp = folder.resolve(STAMP);
        Path lock = folder.resolve("package-lock.json");
        if (Files.exists(stamp) && Files.getLastModifiedTime(stamp)
                .compareTo(Files.getLastModifiedTime(lock)) >= 0) {
            return folder;
        }
        Process npm = new ProcessBuilder("npm", "ci", "--no-audit", "--no-fund", "--silent",
                "--ignore-scripts").directory(folder.toFile()).redirectErrorStream(true).start();
        String said = new String(npm.getInputStream().readAllBytes());
        if (npm.waitFor() != 0) {
            throw new IOException("npm ci failed in " + folder + ":\n" + said);
        }
        return folder;
    }
}
