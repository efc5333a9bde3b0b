package io.adaos.hub.operations.install.confirm;

import io.adaos.hub.contracts.catalog.ArtifactKind;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** Knows which version's projection rules count. */
public interface LoadedVersionsClient {

    /** The version; empty when no rules of the artifact are loaded. Fails when nobody answers. */
    Uni<Optional<String>> version(ArtifactKind kind, String id);
}
