package io.adaos.hub.operations.install;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.adaos.hub.contracts.catalog.RequiredSkills;
import io.adaos.hub.contracts.id.ArtifactRef;
import io.adaos.hub.runtime.workspace.ArtifactPlace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an installation needs to know of one published version, as the registry answers it.
 *
 * @param name directory name of the artifact
 * @param digest {@code sha256:<hex>} of the archive, the address of its blob
 * @param contentDigest {@code sha256:<hex>} over the unpacked files
 * @param skills what a scenario requires; null when it requires nothing
 */
public record ArtifactVersion(
        @JsonProperty("id") String id,
        @JsonProperty("name") String name,
        @JsonProperty("version") String version,
        @JsonProperty("digest") String digest,
        @JsonProperty("content_digest") String contentDigest,
        @JsonProperty("skills") RequiredSkills skills) {

    private static final int REQUIRED_MAX = 64;

    /** A version that requires nothing. */
    public ArtifactVersion(
            String id, String name, String version, String digest, String contentDigest) {
        this(id, name, version, digest, contentDigest, null);
    }

    /** The version a checkpoint holds, if one was decided. */
    public static Optional<ArtifactVersion> ofCheckpoint(Map<String, Object> checkpoint) {
        return checkpoint.containsKey("content_digest")
                ? Optional.of(new ArtifactVersion(
                        (String) checkpoint.get("id"), (String) checkpoint.get("name"),
                        (String) checkpoint.get("version"), (String) checkpoint.get("digest"),
                        (String) checkpoint.get("content_digest"),
                        new RequiredSkills(texts(checkpoint.get("requires")), List.of())))
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
        checkpoint.put("requires", required());
        return checkpoint;
    }

    /** Ids or names of the skills it cannot do without. */
    public List<String> required() {
        return skills == null ? List.of() : skills.required();
    }

    /** What makes this answer useless; paths are made from it, so it is not trusted. */
    public Optional<String> fault() {
        if (name == null || !ArtifactRef.NAME.matcher(name).matches()) {
            return Optional.of("no usable name");
        }
        if (version == null || version.isBlank()) {
            return Optional.of("no version");
        }
        if (required().size() > REQUIRED_MAX) {
            return Optional.of("more than " + REQUIRED_MAX + " required skills");
        }
        for (String skill : required()) {
            if (!ArtifactRef.NAME.matcher(skill).matches()) {
                return Optional.of("no usable name of a required skill");
            }
        }
        return ArtifactPlace.isDigest(digest) && ArtifactPlace.isDigest(contentDigest)
                ? Optional.empty() : Optional.of("no usable digests");
    }

    /** What a checkpoint has read back from JSON. */
    private static List<String> texts(Object stored) {
        return stored instanceof List<?> items
                ? items.stream().map(String::valueOf).toList() : List.of();
    }
}
