package io.adaos.hub.registry.push;

import io.adaos.hub.contracts.error.FieldProblem;
import io.adaos.hub.contracts.id.ArtifactRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a push says beside its archive; every member may be null.
 *
 * @param name folder name of the artifact, for archives without a top folder
 * @param nodeId node on whose behalf is published
 * @param sha256 64 hex digits of the archive, {@code sha256:} in front allowed
 * @param message one line about the change
 * @param metadata a JSON object as text
 * @param signature not taken yet
 */
record PushFields(
        String name, String nodeId, String sha256, String message, String metadata,
        String signature) {

    static final int METADATA_BYTES_MAX = 16 << 10;

    private static final int MESSAGE_CHARS_MAX = 240;
    private static final Pattern SHA256 = Pattern.compile("(sha256:)?[0-9a-f]{64}");
    private static final Pattern GAP = Pattern.compile("[\\s\\p{Cntrl}]+");

    PushFields {
        name = blankToNull(name);
        nodeId = blankToNull(nodeId);
        sha256 = sha256 == null ? null : blankToNull(sha256.toLowerCase(Locale.ROOT));
        message = line(message);
        metadata = blankToNull(metadata);
        signature = blankToNull(signature);
    }

    /** All that is wrong with these members. */
    List<FieldProblem> problems() {
        List<FieldProblem> problems = new ArrayList<>();
        if (name != null && !ArtifactRef.NAME.matcher(name).matches()) {
            problems.add(new FieldProblem("/name", "name_invalid",
                    "the name must match " + ArtifactRef.NAME.pattern(),
                    "Send the artifact's folder name, such as weather_skill"));
        }
        if (nodeId != null && !ArtifactRef.NAME.matcher(nodeId).matches()) {
            problems.add(new FieldProblem("/node_id", "node_id_invalid",
                    "the node id must match " + ArtifactRef.NAME.pattern(),
                    "Send the id of a node, such as hub-1, or leave it out"));
        }
        if (sha256 != null && !SHA256.matcher(sha256).matches()) {
            problems.add(new FieldProblem("/sha256", "sha256_invalid",
                    "the sha256 must be 64 hex digits",
                    "Send the SHA-256 of the archive's bytes in hex, or leave it out"));
        }
        if (signature != null) {
            problems.add(new FieldProblem("/signature", "signature_not_supported",
                    "this registry cannot verify signatures yet, and takes none unverified",
                    "Push without a signature"));
        }
        return problems;
    }

    /** The digest the sender has computed, in the form of ours; null when none was sent. */
    String digest() {
        return sha256 == null || sha256.startsWith("sha256:") ? sha256 : "sha256:" + sha256;
    }

    private static String blankToNull(String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    /** One line of at most 240 characters, as existing clients send it. */
    private static String line(String text) {
        String line = blankToNull(text == null ? null : GAP.matcher(text).replaceAll(" "));
        if (line == null || line.length() <= MESSAGE_CHARS_MAX) {
            return line;
        }
        int end = Character.isHighSurrogate(line.charAt(MESSAGE_CHARS_MAX - 1))
                ? MESSAGE_CHARS_MAX - 1 : MESSAGE_CHARS_MAX;
        return line.substring(0, end);
    }
}
