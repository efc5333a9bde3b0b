package io.adaos.hub.cli.push;

/** The two kinds of artifact, each known by its manifest. */
enum ArtifactKind {
    SKILL("skill.yaml", "/v1/skills"),
    SCENARIO("scenario.yaml", "/v1/scenarios");

    private final String manifest;
    private final String endpoint;

    ArtifactKind(String manifest, String endpoint) {
        this.manifest = manifest;
        this.endpoint = endpoint;
    }

    String manifest() {
        return manifest;
    }

    /** Where the registry takes it, below its base URL. */
    String endpoint() {
        return endpoint;
    }
}
