package io.adaos.hub.contracts.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;

/** Where an artifact lives: the registry's name, and its folder and manifest inside it. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ArtifactSource(String registry, String path, String manifest) {
}
