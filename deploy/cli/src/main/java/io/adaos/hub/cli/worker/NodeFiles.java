package io.adaos.hub.cli.worker;

import com.fasterxml.jackson.databind.JsonNode;
import io.adaos.hub.contracts.catalog.ArtifactKind;
import io.adaos.hub.runtime.archive.ArchiveLimits;
import io.adaos.hub.runtime.workspace.ArtifactPlace;
import io.adaos.hub.runtime.workspace.WorkspaceFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;

/** The workspace of one node; what is linked there follows what the service has recorded. */
final class NodeFiles {

    private final String node;
    private final Path root;
    private final WorkClient client;
    private final WorkspaceFiles files;
    private final RegistryFetch registry;

    NodeFiles(String node, Path root, WorkClient client) {
        this.node = node;
        this.root = root;
        this.client = client;
        this.files = new WorkspaceFiles(root, ArchiveLimits.DEFAULT);
        this.registry = new RegistryFetch(client);
    }

    /** A version as it was ordered, or is recorded. */
    record Version(ArtifactPlace place, String digest, String contentDigest,
            ArchiveLimits limits) {

        static Version of(JsonNode args) {
            JsonNode limits = args.path("limits");
            ArchiveLimits usual = ArchiveLimits.DEFAULT;
            return new Version(placeOf(args), args.path("digest").asText(),
                    args.path("content_digest").asText(), ArchiveLimits.of(
                            limits.path("archive_bytes_max").asLong(usual.archiveBytesMax()),
                            limits.path("unpacked_bytes_max").asLong(usual.unpackedBytesMax()),
                            limits.path("files_max").asInt(usual.filesMax())));
        }
    }

    static ArtifactPlace placeOf(JsonNode args) {
        return new ArtifactPlace(kindOf(args.path("kind").asText()),
                args.path("name").asText());
    }

    private static ArtifactKind kindOf(String wire) {
        for (ArtifactKind kind : ArtifactKind.values()) {
            if (kind.wire().equals(wire)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("not a kind of artifact: " + wire);
    }

    /**
     * Makes all links agree with what is recorded, and fetches what is recorded and gone.
     *
     * @return how many artifacts are recorded
     */
    int reconcile() throws IOException {
        int recorded = 0;
        for (ArtifactKind kind : ArtifactKind.values()) {
            files.prepare(kind);
            Map<ArtifactPlace, JsonNode> records = new HashMap<>();
            Set<ArtifactPlace> missing = files.linkAll(kind, () -> {
                Map<ArtifactPlace, String> digests = new HashMap<>();
                for (JsonNode record : installed()) {
                    if (record.path("kind").asText().equals(kind.wire())) {
                        records.put(placeOf(record), record);
                        digests.put(placeOf(record), record.path("content_digest").asText());
                    }
                }
                return digests;
            });
            recorded += records.size();
            for (ArtifactPlace place : missing) {
                restore(place, records.get(place));
            }
        }
        return recorded;
    }

    private void restore(ArtifactPlace place, JsonNode record) throws IOException {
        WorkClient.Reply version = client.version(place.kind().plural(),
                record.path("id").asText(), record.path("version").asText());
        if (!version.isDone()) {
            throw new IOException("the registry says " + version.text());
        }
        stage("restore", new Version(place, version.body().path("digest").asText(),
                record.path("content_digest").asText(), ArchiveLimits.DEFAULT), done -> { });
        link(place);
    }

    /** Brings a version into the store, whole and verified. */
    void stage(String owner, Version version, IntConsumer percent) throws IOException {
        WorkspaceFiles within = new WorkspaceFiles(root, version.limits());
        within.deleteTemporary(owner);
        within.checkFree(version.place());
        if (!within.hasStored(version.place(), version.contentDigest())) {
            Path archive = within.temporary(owner);
            registry.fetch(version.digest(), archive, within.archiveBytesMax(), percent);
            WorkspaceFiles.verify(archive, version.digest());
            within.unpack(archive, version.place(), version.contentDigest());
        }
        within.deleteTemporary(owner);
    }

    /** Makes the link of a name agree with the record; the recorded content digest. */
    Optional<String> link(ArtifactPlace place) throws IOException {
        Map<ArtifactPlace, String> seen = new HashMap<>();
        WorkspaceFiles.Linked linked = files.link(place, () -> {
            for (JsonNode record : installed()) {
                if (placeOf(record).equals(place)) {
                    seen.put(place, record.path("content_digest").asText());
                }
            }
            return Optional.ofNullable(seen.get(place));
        });
        return switch (linked) {
            case AGREES -> Optional.ofNullable(seen.get(place));
            case OCCUPIED -> throw WorkspaceFiles.occupied(place);
            case FILES_MISSING -> throw WorkspaceFiles.filesMissing(place);
        };
    }

    /** Deletes what an ended operation has left. */
    void deleteTemporary(String owner) throws IOException {
        files.deleteTemporary(owner);
    }

    /** Deletes the contents of a name that are neither linked nor to be kept. */
    void collect(ArtifactPlace place, JsonNode keep) throws IOException {
        Set<String> kept = new HashSet<>();
        keep.forEach(digest -> kept.add(digest.asText()));
        files.collect(place, kept);
    }

    private JsonNode installed() {
        try {
            WorkClient.Reply reply = client.installed(node);
            if (!reply.isDone()) {
                throw new IOException("operations-service says " + reply.text());
            }
            return reply.body().path("items");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
