package io.adaos.hub.registry.normalize;

import io.adaos.hub.contracts.catalog.ArtifactKind;
import io.adaos.hub.contracts.catalog.Publisher;
import java.util.Map;

/**
 * A manifest and what is known about it from outside; all that an entry is made of.
 *
 * @param name directory name of the artifact
 * @param registry name of this registry, for {@code source.registry}
 * @param publisher the subject that pushed, and the node it named
 * @param fields the manifest's root mapping
 */
public record ArtifactManifest(
        ArtifactKind kind, String name, String registry, Publisher publisher,
        Map<String, Object> fields) {

    /** {@code skills/weather_skill}: folder in a workspace and in the catalog. */
    String path() {
        return kind.plural() + '/' + name;
    }
}
