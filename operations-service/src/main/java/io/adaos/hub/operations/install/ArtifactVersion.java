package io.adaos.hub.operations.install;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.adaos.hub.contracts.id.ArtifactRef;
import io.adaos.hub.runtime.workspace.ArtifactPlace;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What an installation needs to know of one published version, as the registry answers it.
 *
 * @param name directory name of the artifact
 * @param digest {@code sha256:<hex>} of the archive, the address of its blob
 * @param contentDigest {@code sha256:<hex>} over the unpacked files
 */
public record ArtifactVersion(
        @JsonProperty("id") String id,
        @JsonProperty("name") String name,
        @JsonProperty("version") String version,
        @JsonProperty("digest") String digest,
        @JsonProperty("content_digest") String contentDigest) {

    /** The version a checkpoint holds, if one was decided. */
    public static Optional<ArtifactVersion> ofCheckpoint(Map<String, Object> checkpoint) {
        return checkpoint.containsKey("content_digest")
                ? Optional.of(new ArtifactVersion(
                        (String) checkpoint.get("id"), (String) checkpoint.get("name"),
                        (String) checkpoint.get("version"), (String) checkpoint.get("digest"),
                        (String) checkpoint.get("content_digest")))
                : Optional.empty();
    }

    /** What a checkpoint keeps of a decided version. */
    public Map<String, Object> checkpoint() {
        Map<String, Object> checkpoint = new LinkedHashMap<>();
        checkpoint.put("id", id);
        checkpoint.put("name", name);
        checkpoint.put("version", version);
        checkpoint.put("digest", digest);
        checkpoint.put("content_digest", contentDigest);
        return checkpoint;
    }

    /** What makes this answer useless; paths are made from it, so it is not trusted. */
    public Optional<String> fault() {
        if (name == null || !ArtifactRef.NAME.matcher(name).matches()) {
            return Optional.of("no usable name");
        }
        if (version == null || version.isBlank()) {
            return Optional.of("no version");
        }
        return ArtifactPlace.isDigest(digest) && ArtifactPlace.isDigest(contentDigest)
                ? Optional.empty() : Optional.of("no usable digests");
    }
}
