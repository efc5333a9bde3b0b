package io.adaos.hub.runtime.archive;

import io.adaos.hub.contracts.error.FieldProblem;
import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** The rules a path must keep, alone and beside the other paths of its archive. */
final class EntryNames {

    private static final int SHOWN_CHARS_MAX = 200;
    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;
    private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*", Pattern.DOTALL);

    private final ArchiveLimits limits;
    private final Consumer<FieldProblem> problems;
    /** Folded path to the path as spelled; folders are here too, with a slash at the end. */
    private final Map<String, String> taken = new HashMap<>();
    private int folders;
    private long nameChars;

    EntryNames(ArchiveLimits limits, Consumer<FieldProblem> problems) {
        this.limits = limits;
        this.problems = problems;
    }

    /** The path to use for a file, or empty after the fault was reported. */
    Optional<String> file(String name) {
        return checked(name).filter(this::claimFile);
    }

    /** Judges the name of a directory; the root itself ({@code ./}) is fine. */
    void directory(String name) {
        if (!withoutDots(name).isEmpty()) {
            checked(name).ifPresent(path -> claimFolders(path + "/x", path));
        }
    }

    /** What of a hostile name can be shown. */
    static String shown(String name) {
        String visible = name.codePoints()
                .map(c -> Character.isISOControl(c) || isHidden(c) ? '\uFFFD' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return visible.length() <= SHOWN_CHARS_MAX
                ? visible : visible.substring(0, SHOWN_CHARS_MAX) + '…';
    }

    private Optional<String> checked(String name) {
        String path = withoutDots(name);
        Optional<FieldProblem> fault = faultOf(name, path);
        fault.ifPresent(problems);
        return fault.isPresent() ? Optional.empty() : Optional.of(path);
    }

    private Optional<FieldProblem> faultOf(String name, String path) {
        if (name.startsWith("/") || DRIVE.matcher(name).matches()) {
            return fault(name, "absolute_path", "is an absolute path",
                    "Pack paths relative to the artifact's folder");
        }
        if (path.indexOf('\\') >= 0) {
            return fault(name, "backslash", "holds a backslash",
                    "Separate folders by '/', and use no backslash in names");
        }
        if (path.codePoints().anyMatch(c -> Character.isISOControl(c) || isHidden(c))) {
            return fault(name, "name_encoding", "is not UTF-8 or holds control characters",
                    "Use plain UTF-8 names");
        }
        List<String> segments = List.of(path.split("/", -1));
        if (segments.contains("..")) {
            return fault(name, "parent_path", "leaves its folder by '..'",
                    "Pack from the artifact's folder, without '..'");
        }
        if (segments.contains(".") || segments.contains("")) {
            return fault(name, "empty_segment", "has an empty or '.' segment",
                    "Name every folder");
        }
        return faultOfSize(name, path, segments);
    }

    private Optional<FieldProblem> faultOfSize(String name, String path, List<String> segments) {
        boolean longSegment = segments.stream()
                .anyMatch(segment -> bytes(segment) > ArchiveLimits.SEGMENT_BYTES_MAX);
        if (longSegment || bytes(path) > limits.pathBytesMax()
                || segments.size() > limits.depthMax()) {
            return fault(name, "path_too_long",
                    "is longer than " + limits.pathBytesMax() + " bytes, deeper than "
                            + limits.depthMax() + " folders, or has a name of more than "
                            + ArchiveLimits.SEGMENT_BYTES_MAX + " bytes",
                    "Shorten the path");
        }
        return Optional.empty();
    }

    private boolean claimFile(String path) {
        if (!claimFolders(path, path)) {
            return false;
        }
        String folded = folded(path);
        String folder = taken.get(folded + '/');
        String other = folder == null ? keep(folded, path) : folder;
        if (other == null) {
            return true;
        }
        reportClash(path, other);
        return false;
    }

    /** Every folder on the way must not be a file, and have one spelling. */
    private boolean claimFolders(String path, String name) {
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            String folder = path.substring(0, slash);
            String folded = folded(folder);
            String file = taken.get(folded);
            String other = file == null ? keep(folded + '/', folder) : file;
            if (other != null && (file != null || !other.equals(folder))) {
                reportClash(name, other);
                return false;
            }
        }
        return true;
    }

    /** As {@code putIfAbsent}; long paths through ever new folders must not fill the memory. */
    private String keep(String folded, String path) {
        String other = taken.putIfAbsent(folded, path);
        if (other == null) {
            nameChars += folded.length() + path.length();
            folders += folded.endsWith("/") ? 1 : 0;
            if (folders > ArchiveLimits.FOLDERS_MAX || nameChars > ArchiveLimits.NAME_CHARS_MAX) {
                throw new HubException(HubErrorCode.ARCHIVE_TOO_LARGE,
                        "the archive has more than " + ArchiveLimits.FOLDERS_MAX
                                + " folders, or paths that are too long together");
            }
        }
        return other;
    }

    private void reportClash(String path, String other) {
        problems.accept(new FieldProblem(shown(path), "duplicate",
                path.equals(other)
                        ? "is in the archive twice"
                        : "would take the place of '" + shown(other) + "' on some file systems",
                "Keep one of the two"));
    }

    /** Names that are one and the same where case and composition do not count. */
    private static String folded(String path) {
        return Normalizer.normalize(path, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    }

    /** Drops the {@code ./} that tar writes in front, and the slash after a directory. */
    private static String withoutDots(String name) {
        String path = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
        while (path.startsWith("./")) {
            path = path.substring(2);
        }
        return path.equals(".") ? "" : path;
    }

    /** The mark of undecodable bytes, lone surrogates, and what turns the direction of text. */
    private static boolean isHidden(int codePoint) {
        if (codePoint == ZERO_WIDTH_NON_JOINER || codePoint == ZERO_WIDTH_JOINER) {
            return false;                       // some scripts cannot be spelled without them
        }
        int type = Character.getType(codePoint);
        return codePoint == '\uFFFD' || type == Character.SURROGATE || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR || type == Character.PARAGRAPH_SEPARATOR;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static Optional<FieldProblem> fault(
            String name, String code, String what, String remedy) {
        return Optional.of(new FieldProblem(shown(name), code, "'" + shown(name) + "' " + what,
                remedy));
    }
}
