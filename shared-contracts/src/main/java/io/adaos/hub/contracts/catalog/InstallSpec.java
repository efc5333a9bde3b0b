package io.adaos.hub.contracts.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;

/** What an install command has to name. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record InstallSpec(ArtifactKind kind, String name, String id) {
}
