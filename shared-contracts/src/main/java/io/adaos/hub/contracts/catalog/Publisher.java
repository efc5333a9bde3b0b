package io.adaos.hub.contracts.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;

/** Who published: the credential's subject, and the node the push named. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Publisher(String ownerId, String nodeId) {
}
