package io.adaos.hub.marketplace;

import io.adaos.hub.contracts.catalog.ArtifactKind;
import io.adaos.hub.contracts.catalog.ArtifactSource;
import io.adaos.hub.contracts.catalog.CatalogEntry;
import io.adaos.hub.contracts.catalog.InstallSpec;
import io.adaos.hub.contracts.catalog.Publisher;
import io.adaos.hub.contracts.catalog.RequiredSkills;
import io.adaos.hub.contracts.id.NodeId;
import io.adaos.hub.contracts.operation.InstalledArtifact;
import io.adaos.hub.contracts.operation.InstalledStatus;
import io.adaos.hub.contracts.operation.OperationState;
import io.adaos.hub.contracts.operation.OperationStatus;
import io.adaos.hub.marketplace.catalogview.CatalogItem;
import io.adaos.hub.marketplace.catalogview.CatalogView;
import io.adaos.hub.runtime.http.HubJson;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Entries and installed artifacts for tests, from the few members a test cares about. */
public final class Artifacts {

    private static final Texts NO_TEXTS = new Texts(null, null, List.of(), null);
    private static final Instant INSTALLED_AT = Instant.parse("2026-04-07T12:00:00Z");

    private Artifacts() {
    }

    /** Entries as the marketplace holds them. */
    public static List<CatalogItem> items(CatalogEntry... entries) {
        return Arrays.stream(entries).map(CatalogItem::of).toList();
    }

    /** The view of a catalog of these entries. */
    public static CatalogView catalog(CatalogEntry... entries) {
        return CatalogView.empty().replacedBy(items(entries));
    }

    /** A skill of this version and catalog revision 1. */
    public static CatalogEntry skill(String id, String version) {
        return entry(ArtifactKind.SKILL, id, version, new Rest(1, NO_TEXTS, null));
    }

    /** A skill with texts worth searching. */
    public static CatalogEntry skill(String id, String version, Texts texts) {
        return entry(ArtifactKind.SKILL, id, version, new Rest(1, texts, null));
    }

    /** A skill at a later revision of its entry. */
    public static CatalogEntry skill(String id, String version, long revision) {
        return entry(ArtifactKind.SKILL, id, version, new Rest(revision, NO_TEXTS, null));
    }

    /** A scenario that needs these skills. */
    public static CatalogEntry scenario(String id, String version, String... required) {
        return entry(ArtifactKind.SCENARIO, id, version,
                new Rest(1, NO_TEXTS, new RequiredSkills(List.of(required), List.of())));
    }

    /** Title, description, tags and owner. */
    public record Texts(String title, String description, List<String> tags, String owner) {
    }

    /** A skill that is in use on a node, at revision 1 of its record. */
    public static InstalledArtifact installedSkill(String node, String id, String version) {
        return new InstalledArtifact(ArtifactKind.SKILL, id, id, version, new NodeId(node),
                InstalledStatus.INSTALLED, contentDigest(ArtifactKind.SKILL, id, version),
                INSTALLED_AT, 1, null, List.of());
    }

    /** A scenario that is in use on the hub, at revision 1 of its record. */
    public static InstalledArtifact installedScenario(String id, String version) {
        return new InstalledArtifact(ArtifactKind.SCENARIO, id, id, version, NodeId.HUB,
                InstalledStatus.INSTALLED, contentDigest(ArtifactKind.SCENARIO, id, version),
                INSTALLED_AT, 1, null, List.of());
    }

    /** An operation on a skill of the hub. */
    public static OperationState operation(String id, String skill, OperationStatus status) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("operation_id", id);
        members.put("kind", "skill.install");
        members.put("target_kind", "skill");
        members.put("target_id", skill);
        members.put("status", status.wire());
        members.put("progress", 0);
        members.put("started_at", INSTALLED_AT.toString());
        members.put("updated_at", INSTALLED_AT.toString());
        members.put("initiator", Map.of("kind", "user", "id", "anna"));
        members.put("scope", List.of("global"));
        members.put("can_cancel", true);
        members.put("can_retry", false);
        members.put("attempt", 1);
        members.put("webspace_id", "desktop");
        members.put("node_id", "hub");
        members.put("revision", 1);
        return HubJson.mapper().convertValue(members, OperationState.class);
    }

    /** The same artifact, switched but not confirmed. */
    public static InstalledArtifact activating(InstalledArtifact artifact) {
        return new InstalledArtifact(artifact.kind(), artifact.id(), artifact.name(),
                artifact.version(), artifact.nodeId(), InstalledStatus.ACTIVATING,
                artifact.contentDigest(), artifact.installedAt(), artifact.revision(), null,
                artifact.requires());
    }

    /** The same artifact at another revision of its record. */
    public static InstalledArtifact atRevision(InstalledArtifact artifact, long revision) {
        return new InstalledArtifact(artifact.kind(), artifact.id(), artifact.name(),
                artifact.version(), artifact.nodeId(), artifact.status(),
                artifact.contentDigest(), artifact.installedAt(), revision, null,
                artifact.requires());
    }

    /** The same artifact with other files; null when their digest is not known. */
    public static InstalledArtifact withContent(InstalledArtifact artifact, String digest) {
        return new InstalledArtifact(artifact.kind(), artifact.id(), artifact.name(),
                artifact.version(), artifact.nodeId(), artifact.status(),
                digest, artifact.installedAt(), artifact.revision(), null,
                artifact.requires());
    }

    /** The members of an entry that most tests leave alone. */
    private record Rest(long revision, Texts texts, RequiredSkills skills) {
    }

    private static CatalogEntry entry(ArtifactKind kind, String id, String version, Rest rest) {
        String path = kind.plural() + '/' + id;
        String manifest = path + '/' + kind.manifestFile();
        Texts texts = rest.texts();
        Publisher publisher = texts.owner() == null ? null : new Publisher(texts.owner(), null);
        return new CatalogEntry(kind, id, id, version, null, path, manifest,
                new ArtifactSource("adaos-registry", path, manifest),
                new InstallSpec(kind, id, id), texts.title(), Map.of(), texts.description(),
                texts.tags(), Map.of(), publisher, null, null, null, Map.of(), null, null,
                rest.skills(), null, rest.revision(), "sha256:" + "a".repeat(64),
                contentDigest(kind, id, version), Map.of());
    }

    private static String contentDigest(ArtifactKind kind, String id, String version) {
        String content = kind.wire() + '/' + id + '@' + version;
        return "sha256:" + String.format("%064x", content.hashCode() & 0xffffffffL);
    }
}
