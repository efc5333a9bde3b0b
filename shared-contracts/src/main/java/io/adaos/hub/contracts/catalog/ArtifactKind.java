package io.adaos.hub.contracts.catalog;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;

/** The two kinds of artifact; their order is the order of the catalog. */
public enum ArtifactKind {
    SKILL("skill", "skills"),
    SCENARIO("scenario", "scenarios");

    private final String wire;
    private final String plural;

    ArtifactKind(String wire, String plural) {
        this.wire = wire;
        this.plural = plural;
    }

    /** {@code skill} or {@code scenario}. */
    @JsonValue
    public String wire() {
        return wire;
    }

    /** {@code skills} or {@code scenarios}: folder, URL segment and catalog array. */
    public String plural() {
        return plural;
    }

    /** The one manifest file name that is accepted, {@code skill.yaml} or {@code scenario.yaml}. */
    public String manifestFile() {
        return wire + ".yaml";
    }

    /** Reads the wire word, singular or plural. */
    public static Optional<ArtifactKind> parse(String word) {
        for (ArtifactKind kind : values()) {
            if (kind.wire.equals(word) || kind.plural.equals(word)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    @JsonCreator
    static ArtifactKind of(String word) {
        return parse(word).orElseThrow(
                () -> new IllegalArgumentException("kind must be skill or scenario: " + word));
    }
}
