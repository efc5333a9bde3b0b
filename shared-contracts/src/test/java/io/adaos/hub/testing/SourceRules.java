package io.adaos.hub.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The style and dependency rules of the project as a test: every module runs them over its own
 * sources. A rule that scanned no file is a failure, not a success.
 *
 * @param root package below which the features lie, e.g. {@code io.adaos.hub.registry}
 * @param features feature package to the features it may import; what has no row may not exist
 */
public record SourceRules(Path sources, String root, Map<String, Set<String>> features) {

    public SourceRules {
        features = Map.copyOf(features);
    }

    /** Rules of a module without feature packages of its own. */
    public static SourceRules of(Path sources, String root) {
        return new SourceRules(sources, root, Map.of());
    }

    /** Everything that is against the rules, one sentence each; empty when all is well. */
    public List<String> violations() {
        List<SourceFile> main = read(sources.resolve("main/java"));
        List<SourceFile> test = read(sources.resolve("test/java"));
        List<String> found = new ArrayList<>();
        if (main.isEmpty() || test.isEmpty()) {
            found.add("no sources below " + sources.toAbsolutePath());
        }
        main.forEach(file -> {
            found.addAll(StyleRules.ofMain(file));
            found.addAll(DependencyRules.of(file, this));
        });
        test.forEach(file -> found.addAll(StyleRules.ofTest(file)));
        found.addAll(DependencyRules.packageSizes(main));
        return List.copyOf(found);
    }

    private static List<SourceFile> read(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .map(SourceFile::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
