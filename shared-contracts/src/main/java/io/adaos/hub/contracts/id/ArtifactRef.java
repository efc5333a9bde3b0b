package io.adaos.hub.contracts.id;

import java.util.regex.Pattern;

/**
 * Identity of an artifact, unique across versions: its kind ({@code skill} or {@code scenario}) and
 * its id. The grammar of the id is the one of directory names, at most 128 characters.
 */
public record ArtifactRef(String kind, String id) {

    /** What an id or a name may look like, also as the text of error messages. */
    public static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,127}");

    public ArtifactRef {
        if (!"skill".equals(kind) && !"scenario".equals(kind)) {
            throw new IllegalArgumentException("kind must be skill or scenario: " + kind);
        }
        if (id == null || !NAME.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "artifact id must match " + NAME.pattern() + ", got '" + id + "'");
        }
    }

    /** {@code skill:weather_skill}, the form used in scopes and owners. */
    @Override
    public String toString() {
        return kind + ':' + id;
    }
}
