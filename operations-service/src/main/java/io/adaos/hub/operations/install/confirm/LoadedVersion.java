package io.adaos.hub.operations.install.confirm;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The version whose projection rules count, as projection-service answers it. */
public record LoadedVersion(@JsonProperty("version") String version) {
}
