package io.adaos.hub.cli.check;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What there is to check of an artifact, by its path in it.
 *
 * @param sources Python and Java files, in order
 * @param manifest its {@code skill.yaml}, else its {@code scenario.yaml}
 */
record SkillFolder(Path root, Map<String, Path> sources, Optional<Path> manifest) {

    static final long FILE_BYTES_MAX = 1 << 20;
    private static final long ALL_BYTES_MAX = 16 << 20;
    private static final int FILES_MAX = 5_000;
    private static final int LEVELS_MAX = 32;

    /** What a push leaves out is not checked. */
    private static final Set<String> LEFT_OUT = Set.of(".git", "__pycache__", ".pytest_cache",
            ".mypy_cache", ".venv", "node_modules", "dist", "build", ".idea");
    private static final String REMEDY = "Leave it out of the skill, or make it smaller";

    /** Lists a folder; what cannot be checked is a finding. */
    static SkillFolder open(Path folder, List<Finding> findings) throws IOException {
        Path root = folder.toRealPath();
        Listing listing = new Listing(root, findings);
        Files.walkFileTree(root, Set.of(), LEVELS_MAX, listing);
        Optional<Path> manifest = List.of("skill.yaml", "scenario.yaml").stream()
                .map(root::resolve).filter(Files::isRegularFile).findFirst();
        return new SkillFolder(root, listing.sources, manifest);
    }

    /** One walk through the folder. */
    private static final class Listing extends SimpleFileVisitor<Path> {

        private final Path root;
        private final List<Finding> findings;
        private final Map<String, Path> sources = new TreeMap<>();
        private long bytes;
        private int files;

        Listing(Path root, List<Finding> findings) {
            this.root = root;
            this.findings = findings;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
            return !path.equals(root) && LEFT_OUT.contains(path.getFileName().toString())
                    ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
            String name = root.relativize(path).toString().replace('\\', '/');
            if (++files > FILES_MAX) {
                findings.add(new Finding(".", 0, "not_checked", "the folder holds more than "
                        + FILES_MAX + " files; the rest was not looked at", REMEDY));
                return FileVisitResult.TERMINATE;
            }
            if (attributes.isDirectory()) {
                unchecked(name, "lies deeper than " + LEVELS_MAX + " folders");
            } else if (attributes.isSymbolicLink()
                    || isSource(name) && !attributes.isRegularFile()) {
                unchecked(name, "is a link or no ordinary file");
            } else if (isSource(name) && attributes.size() > FILE_BYTES_MAX) {
                unchecked(name, "has more than " + FILE_BYTES_MAX + " bytes");
            } else if (isSource(name) && bytes + attributes.size() > ALL_BYTES_MAX) {
                unchecked(name, "comes after " + ALL_BYTES_MAX + " bytes of sources");
            } else if (isSource(name)) {
                bytes += attributes.size();
                sources.put(name, path);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path path, IOException failure) {
            unchecked(root.relativize(path).toString(), "cannot be read");
            return FileVisitResult.CONTINUE;
        }

        private void unchecked(String name, String why) {
            findings.add(new Finding(name, 0, "not_checked", why, REMEDY));
        }

        private static boolean isSource(String name) {
            return name.endsWith(".py") || name.endsWith(".java");
        }
    }
}
