package io.adaos.hub.runtime.workspace;

import io.adaos.hub.contracts.catalog.ArtifactKind;
import io.adaos.hub.contracts.id.ArtifactRef;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Where in a workspace an artifact lives: {@code <kinds>/<name>} is a link to one of
 * {@code .store/<kind>/<name>/<content_digest>}.
 */
public record ArtifactPlace(ArtifactKind kind, String name) {

    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

    public ArtifactPlace {
        if (!isName(name)) {
            throw new IllegalArgumentException("not a directory name: " + name);
        }
    }

    /** Whether an artifact's folder can have this name. */
    static boolean isName(String text) {
        return ArtifactRef.NAME.matcher(text).matches();
    }

    /** {@code sha256:<64 lower-case hex digits>}. */
    public static boolean isDigest(String text) {
        return text != null && DIGEST.matcher(text).matches();
    }

    /** The link of this artifact in a workspace. */
    public Path link(Path workspace) {
        return workspace.resolve(kind.plural()).resolve(name);
    }

    Path store(Path workspace, String contentDigest) {
        if (!isDigest(contentDigest)) {
            throw new IllegalArgumentException("not a digest: " + contentDigest);
        }
        return contents(workspace).resolve(contentDigest);
    }

    /** Where the store has all contents of this artifact. */
    Path contents(Path workspace) {
        return workspace.resolve(".store").resolve(kind.wire()).resolve(name);
    }

    /** What the link holds: relative, so that a workspace can be moved. */
    Path linkTarget(String contentDigest) {
        return Path.of("..").resolve(store(Path.of(""), contentDigest));
    }
}
