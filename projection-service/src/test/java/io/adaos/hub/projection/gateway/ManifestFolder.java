package io.adaos.hub.projection.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.adaos.hub.contracts.id.ArtifactRef;
import io.adaos.hub.runtime.http.HubJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Manifests as they lie on disk, for tests that install them. */
record ManifestFolder(Path root) {

    /**
     * One manifest.
     *
     * @param place below the root
     */
    record Found(String place, ArtifactRef artifact, Map<String, Object> manifest) {

        String json() {
            try {
                return HubJson.mapper().writeValueAsString(manifest);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        }

        /** How many branches of the document it wants to write, right or wrong. */
        long declared() {
            return list(manifest.get("data_projections")).stream()
                    .flatMap(each -> list(map(each).get("targets")).stream())
                    .filter(target -> "yjs".equals(map(target).get("backend"))).count()
                    + list(map(map(manifest.get("runtime")).get("yjs")).get("projections")).size();
        }

        private static List<?> list(Object value) {
            return value instanceof List<?> items ? items : List.of();
        }

        private static Map<?, ?> map(Object value) {
            return value instanceof Map<?, ?> members ? members : Map.of();
        }
    }

    /** All manifests below the root that a registry would read. */
    List<Found> manifests() throws IOException {
        List<Found> manifests = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                if (name.equals("skill.yaml") || name.equals("scenario.yaml")) {
                    read(file, name.substring(0, name.indexOf('.'))).ifPresent(manifests::add);
                }
            }
        }
        return manifests;
    }

    /** As the registry names it: id, for a skill else its name, else the folder's. */
    private Optional<Found> read(Path file, String kind) throws IOException {
        Object loaded = new Load(LoadSettings.builder().build())
                .loadFromString(Files.readString(file));
        if (!(loaded instanceof Map<?, ?> members)) {
            return Optional.empty();
        }
        @SuppressWarnings("unchecked")
        Map<String, Object> manifest = (Map<String, Object>) members;
        Object id = manifest.get("id") != null ? manifest.get("id")
                : kind.equals("skill") ? manifest.get("name") : null;
        String name = id instanceof String text && ArtifactRef.NAME.matcher(text).matches()
                ? text : file.getParent().getFileName().toString();
        return Optional.of(new Found(root.relativize(file.getParent()).toString(),
                new ArtifactRef(kind, name), manifest));
    }
}
