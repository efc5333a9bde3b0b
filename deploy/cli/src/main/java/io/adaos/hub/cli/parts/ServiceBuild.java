package io.adaos.hub.cli.parts;

import io.adaos.hub.cli.CommandFailed;
import io.adaos.hub.cli.Console;
import io.adaos.hub.cli.HubHome;
import io.adaos.hub.cli.data.HubPart;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Builds those services whose program is missing or older than its sources. */
public final class ServiceBuild {
    private static final Set<String> NOT_SOURCES = Set.of("node_modules", "dist", "target");
    private static final String STAMP = "target/hub-built.stamp";
    private static final int TAIL_LINES = 25;

    private final Path root;
    private final ToolRunner tools;
    private final Console console;

    public ServiceBuild(HubHome home, ToolRunner tools, Console console) {
        this.root = home.projectRoot();
        this.tools = tools;
        this.console = console;
    }

    /** @param log gets what the build says */
    public void buildWhatIsStale(Path log) throws IOException {
        List<HubPart> stale = stale();
        if (stale.isEmpty()) {
            return;
        }
        String names = stale.stream().map(HubPart::processName).collect(Collectors.joining(","));
        console.line("building " + names.replace(",", ", ") + " (output in " + log + ")");
        requireTools(stale);
        long start = System.nanoTime();
        int exitCode = tools.run(new ToolRunner.Call("building",
                List.of("mvn", "-B", "-q", "-Dquick", "-pl", names, "-am", "package"), root,
                Map.of("JAVA_HOME", System.getProperty("java.home")), log));
        if (exitCode != 0) {
            throw CommandFailed.because("the build failed (mvn exit code " + exitCode
                            + "), the last lines of " + log + ":" + System.lineSeparator() + "    "
                            + ToolRunner.tail(log, TAIL_LINES),
                    "correct what it names, then run this command again");
        }
        for (HubPart service : stale) {
            Files.writeString(root.resolve(service.processName()).resolve(STAMP), "");
        }
        console.line("built in " + (System.nanoTime() - start) / 1_000_000_000 + " s");
    }

    List<HubPart> stale() throws IOException {
        FileTime shared = latest(newest(root.resolve("shared-contracts")),
                modified(root.resolve("pom.xml")));
        List<HubPart> stale = new ArrayList<>();
        for (HubPart service : HubPart.services()) {
            Path folder = root.resolve(service.processName());
            Path program = AppFolder.program(folder.resolve("target/quarkus-app"));
            FileTime built = latest(modified(program), modified(folder.resolve(STAMP)));
            if (!Files.exists(program) || latest(shared, newest(folder)).compareTo(built) > 0) {
                stale.add(service);
            }
        }
        return stale;
    }

    private void requireTools(List<HubPart> stale) {
        if (ToolRunner.find("mvn").isEmpty()) {
            throw CommandFailed.because("mvn is not on PATH; it is needed to build the services",
                    "install Maven 3.8 or newer (package 'maven')",
                    "build elsewhere and copy the four */target/quarkus-app folders here");
        }
        boolean needsNode = stale.contains(HubPart.PROJECTION)
                && Files.exists(root.resolve("projection-service/src/main/webui/package.json"));
        if (needsNode && (ToolRunner.find("node").isEmpty() || ToolRunner.find("npm").isEmpty())) {
            throw CommandFailed.because("node and npm are not on PATH; they build the panel",
                    "install Node 20 or newer (packages 'nodejs' and 'npm')",
                    "build elsewhere and copy the four */target/quarkus-app folders here");
        }
    }

    private static FileTime newest(Path module) throws IOException {
        FileTime[] newest = {modified(module.resolve("pom.xml"))};
        Path sources = module.resolve("src/main");
        if (!Files.exists(sources)) {
            return newest[0];
        }
        Files.walkFileTree(sources, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes a) {
                return NOT_SOURCES.contains(folder.getFileName().toString())
                        ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                newest[0] = latest(newest[0], attributes.lastModifiedTime());
                return FileVisitResult.CONTINUE;
            }
        });
        return newest[0];
    }

    private static FileTime modified(Path file) throws IOException {
        return Files.exists(file) ? Files.getLastModifiedTime(file) : FileTime.fromMillis(0);
    }

    private static FileTime latest(FileTime one, FileTime other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
