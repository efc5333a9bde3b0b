package io.adaos.hub.cli.parts;

import io.adaos.hub.cli.HubHome;
import io.adaos.hub.cli.data.DataFolder;
import io.adaos.hub.cli.data.HubPart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.stream.Stream;

/**
 * Private copies of the built services: a running one loads classes late, so a build that replaces
 * its files under way would break it.
 */
public final class AppFolder {
    private final Path projectRoot;
    private final Path folder;
    private final Set<String> used = new HashSet<>();

    public AppFolder(HubHome home, DataFolder data) {
        this.projectRoot = home.projectRoot();
        this.folder = data.app();
    }

    /** The jar that starts a service packaged in this folder. */
    static Path program(Path quarkusApp) {
        return quarkusApp.resolve("quarkus-run.jar");
    }

    /** The jar that starts the present build of this service; copied when it is new. */
    public Path install(HubPart service) throws IOException {
        Path built = projectRoot.resolve(service.processName()).resolve("target/quarkus-app");
        List<Path> files = filesOf(built);
        String name = service.processName() + "-" + fingerprint(built, files);
        used.add(name);
        Path installed = folder.resolve(name);
        if (!Files.exists(installed)) {
            Path half = folder.resolve(name + ".half");
            deleteTree(half);
            for (Path file : files) {
                Path target = half.resolve(built.relativize(file));
                Files.createDirectories(target.getParent());
                Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
            }
            Files.move(half, installed, StandardCopyOption.ATOMIC_MOVE);
        }
        return program(installed);
    }

    /** Removes the copies of earlier builds; only when none of them runs any more. */
    public void prune() throws IOException {
        try (Stream<Path> copies = Files.list(folder)) {
            for (Path copy : copies.toList()) {
                if (!used.contains(copy.getFileName().toString())) {
                    deleteTree(copy);
                }
            }
        }
    }

    static void deleteTree(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> all = Files.walk(tree)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static List<Path> filesOf(Path tree) throws IOException {
        try (Stream<Path> all = Files.walk(tree)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** Tells one build from another; nobody has to be fooled here, so a checksum will do. */
    private static String fingerprint(Path tree, List<Path> files) throws IOException {
        CRC32 sum = new CRC32();
        for (Path file : files) {
            String line = tree.relativize(file) + " " + Files.size(file) + " "
                    + Files.getLastModifiedTime(file).toMillis() + "\n";
            sum.update(line.getBytes(StandardCharsets.UTF_8));
        }
        return String.format("%08x", sum.getValue());
    }
}
