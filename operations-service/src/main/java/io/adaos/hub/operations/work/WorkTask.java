package io.adaos.hub.operations.work;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Optional;

/** What a node can be asked to do, and what its answer must then look like. */
public enum WorkTask {
    /** Bring the files of a version into the node's store, whole and verified. */
    STAGE(false),
    /** Make the link of one name agree with the record. */
    LINK(false),
    /** The same, after the operation has ended; nobody waits for it. */
    SETTLE(true),
    /** Delete contents of a name that are not to be kept; nobody waits for it. */
    COLLECT(true),
    /** Call an action. */
    INVOKE(false);

    private final boolean outlives;

    WorkTask(boolean outlives) {
        this.outlives = outlives;
    }

    /** The word on the wire. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    static WorkTask of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }

    /** Whether it is done also when its operation has ended. */
    boolean outlives() {
        return outlives;
    }

    /** What is wrong with a successful result; a worker is not believed, it is compared. */
    Optional<String> fault(JsonNode args, JsonNode result) {
        return switch (this) {
            case STAGE, LINK -> isObject(result).or(() -> sameDigest(args, result));
            case SETTLE, COLLECT -> isObject(result);
            case INVOKE -> isObject(result).or(() -> result.has("value")
                    ? Optional.empty() : Optional.of("result.value is missing"));
        };
    }

    private static Optional<String> isObject(JsonNode result) {
        return result.isObject() ? Optional.empty() : Optional.of("result must be an object");
    }

    private static Optional<String> sameDigest(JsonNode args, JsonNode result) {
        JsonNode ordered = args.path("content_digest");
        JsonNode told = result.path("content_digest");
        boolean same = ordered.isNull() || ordered.isMissingNode()
                ? told.isNull() : ordered.equals(told);
        return same ? Optional.empty() : Optional.of("result.content_digest is " + shown(told)
                + ", ordered was " + ordered);
    }

    private static String shown(JsonNode told) {
        String text = told.isMissingNode() ? "missing" : told.toString();
        return text.length() <= 100 ? text : text.substring(0, 100) + '…';
    }
}
