package io.adaos.hub.contracts.catalog;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.adaos.hub.contracts.id.ArtifactRef;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One normalized line of the catalog. Identity is (kind, id); {@code name} is the directory.
 *
 * <p>Null and empty members are never written. Members this version does not know are kept in
 * {@code extra} and written back after the known ones. {@code revision}, {@code digest} and
 * {@code content_digest} are set on the API and in events and left out of {@code registry.json},
 * where they would make the bytes depend on the order of arrival.
 *
 * @param name directory name, also the last part of {@code path}
 * @param updatedAt instant of the manifest, as the publisher wrote it
 * @param toolsCount number of declared tools; zero is written
 * @param revision +1 per change of this (kind, id), from 1
 * @param digest {@code sha256:<hex>} of the stored archive
 * @param contentDigest {@code sha256:<hex>} over the sorted list of unpacked files
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CatalogEntry(
        ArtifactKind kind,
        String id,
        String name,
        String version,
        String updatedAt,
        String path,
        String manifest,
        ArtifactSource source,
        InstallSpec install,
        String title,
        Map<String, Object> titleI18n,
        String description,
        List<String> tags,
        Map<String, Object> compatibility,
        Publisher publisher,
        String manifestId,
        String entry,
        String runtimePython,
        Map<String, Object> activation,
        @JsonInclude(JsonInclude.Include.NON_NULL) Integer toolsCount,
        String trigger,
        RequiredSkills skills,
        ScenarioIo io,
        Long revision,
        String digest,
        String contentDigest,
        @JsonAnySetter @JsonAnyGetter Map<String, Object> extra) {

    /** The one order of every list of entries: kind, then name without case, then id. */
    public static final Comparator<CatalogEntry> ORDER =
            Comparator.comparing(CatalogEntry::kind)
                    .thenComparing(entry -> entry.name().toLowerCase(Locale.ROOT))
                    .thenComparing(CatalogEntry::id);

    public CatalogEntry {
        tags = tags == null ? List.of() : List.copyOf(tags);
        titleI18n = copy(titleI18n);
        compatibility = copy(compatibility);
        activation = copy(activation);
        extra = copy(extra);
    }

    /** Kind and id. */
    @JsonIgnore
    public ArtifactRef ref() {
        return new ArtifactRef(kind.wire(), id);
    }

    /** What a person reads: the title, or the name when there is none. */
    @JsonIgnore
    public String displayTitle() {
        return title == null ? name : title;
    }

    /** The entry with the members that only the API and events carry. */
    public CatalogEntry stored(long newRevision, String newDigest, String newContentDigest) {
        return new CatalogEntry(kind, id, name, version, updatedAt, path, manifest, source, install,
                title, titleI18n, description, tags, compatibility, publisher, manifestId, entry,
                runtimePython, activation, toolsCount, trigger, skills, io,
                newRevision, newDigest, newContentDigest, extra);
    }

    /** The entry as it stands in {@code registry.json}. */
    public CatalogEntry published() {
        return new CatalogEntry(kind, id, name, version, updatedAt, path, manifest, source, install,
                title, titleI18n, description, tags, compatibility, publisher, manifestId, entry,
                runtimePython, activation, toolsCount, trigger, skills, io,
                null, null, null, extra);
    }

    private static Map<String, Object> copy(Map<String, Object> map) {
        return map == null
                ? Map.of()
                : Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
