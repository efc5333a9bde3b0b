package io.adaos.hub.contracts.listing;

import io.adaos.hub.contracts.catalog.ArtifactKind;

/** The command behind a row's button, in the form existing clients dispatch. */
public record InstallAction(String target, String id, Value value) {

    /** What the command is about. */
    public record Value(ArtifactKind targetKind, String targetId) {
    }

    /** The install command of an artifact. */
    public static InstallAction install(ArtifactKind kind, String targetId) {
        return new InstallAction(
                "infrastate.action", "marketplace_install", new Value(kind, targetId));
    }
}
