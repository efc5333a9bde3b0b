package io.adaos.hub.runtime.workspace;

import io.adaos.hub.contracts.catalog.ArtifactKind;
import io.adaos.hub.contracts.error.FieldProblem;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.contracts.operation.OperationError;
import io.adaos.hub.runtime.archive.ArchiveContents;
import io.adaos.hub.runtime.archive.ArchiveLimits;
import io.adaos.hub.runtime.archive.ArchiveReader;
import io.adaos.hub.runtime.archive.ContentDigest;
import io.adaos.hub.runtime.archive.DirectorySink;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The files of one workspace: brings archives into its store, and links into agreement with what is
 * recorded. Fails with {@link WorkspaceRefusal} or, when the disk does, with {@link IOException}.
 */
public final class WorkspaceFiles {

    private static final Logger LOG = System.getLogger(WorkspaceFiles.class.getName());
    private static final int ERRORS_SHOWN = 5;

    private final Workspace workspace;
    private final WorkspaceLock lock;
    private final ArchiveLimits limits;
    /** Under the lock. Later on there are runs of kinds that were prepared before. */
    private boolean swept;

    /** What became of a link. */
    public enum Linked {
        AGREES,
        /** The recorded files are not in the store, or damaged; there is no link now. */
        FILES_MISSING,
        /** Something that is not ours stands there and is left alone. */
        OCCUPIED
    }

    /**
     * @param root the folder, made when missing
     * @param limits of archives
     */
    public WorkspaceFiles(Path root, ArchiveLimits limits) {
        this.workspace = new Workspace(root);
        this.lock = new WorkspaceLock(workspace.lockFile());
        this.limits = limits;
    }

    public long archiveBytesMax() {
        return limits.archiveBytesMax();
    }

    /** Makes the folders of a kind and deletes what no living run owns. */
    public void prepare(ArtifactKind kind) throws IOException {
        workspace.create(kind);
        lock.alone(() -> {
            if (!swept) {
                workspace.deleteAllTemporary();
                swept = true;
            }
            workspace.deleteTemporaryLinks(kind);
        });
    }

    /** A path for something temporary of this owner. */
    public Path temporary(String owner) throws IOException {
        return workspace.temporary(owner);
    }

    public void deleteTemporary(String owner) throws IOException {
        workspace.deleteTemporary(owner);
    }

    /** Whether the store has this content, whole. */
    public boolean hasStored(ArtifactPlace place, String contentDigest) throws IOException {
        return workspace.hasStored(place, contentDigest);
    }

    /** Refuses when something that is not ours stands where the link would be. */
    public void checkFree(ArtifactPlace place) throws IOException {
        if (workspace.isOccupied(place)) {
            throw occupied(place);
        }
    }

    /** Compares the archive's bytes with the catalog's digest. */
    public static void verify(Path archive, String digest) throws IOException {
        String found = ContentDigest.ofFile(archive);
        if (!found.equals(digest)) {
            throw refusal("digest_mismatch",
                    "The archive is " + found + ", the catalog says " + digest,
                    "Retry; if it stays, publish the artifact again", true);
        }
    }

    /** Unpacks into a temporary folder, judges what came out, and puts it into the store. */
    public void unpack(Path archive, ArtifactPlace place, String contentDigest)
            throws IOException {
        Path folder = Files.createDirectory(
                archive.resolveSibling(archive.getFileName() + ".unpacked"));
        ArchiveContents contents = read(archive, folder);
        if (!contents.contentDigest().equals(contentDigest)) {
            throw refusal("content_digest_mismatch",
                    "The files are " + contents.contentDigest() + ", the catalog says "
                            + contentDigest, "Publish the artifact again", false);
        }
        String manifest = place.kind().manifestFile();
        if (contents.files().stream().noneMatch(file -> file.path().equals(manifest))) {
            throw refusal("manifest_missing", "The archive has no " + manifest + " at its top",
                    "Publish the artifact again with its manifest", false);
        }
        workspace.store(contents.rootIn(folder), place, contentDigest);
    }

    private ArchiveContents read(Path archive, Path folder) throws IOException {
        try {
            return new ArchiveReader(limits).read(archive, new DirectorySink(folder));
        } catch (HubException refused) {
            String errors = refused.errors().stream().limit(ERRORS_SHOWN)
                    .map(FieldProblem::message).collect(Collectors.joining("; "));
            throw refusal(refused.code().code(),
                    refused.getMessage() + (errors.isEmpty() ? "" : ": " + errors),
                    refused.code().remedy(), false);
        }
    }

    /**
     * Makes the link of one name agree with what is recorded.
     *
     * @param recorded read while nobody else switches; the content digest, empty for no link
     */
    public Linked link(ArtifactPlace place, Supplier<Optional<String>> recorded)
            throws IOException {
        List<Linked> outcome = new ArrayList<>(1);
        lock.alone(() -> outcome.add(agree(place, recorded.get())));
        return outcome.get(0);
    }

    /**
     * Makes all links of a kind agree with what is recorded.
     *
     * @param recorded content digests by place, read while nobody else switches
     * @return what is recorded and cannot be linked, because its files are gone
     */
    public Set<ArtifactPlace> linkAll(
            ArtifactKind kind, Supplier<Map<ArtifactPlace, String>> recorded) throws IOException {
        Set<ArtifactPlace> missing = new HashSet<>();
        lock.alone(() -> {
            Map<ArtifactPlace, String> records = recorded.get();
            for (ArtifactPlace place : workspace.activePlaces(kind)) {
                if (!records.containsKey(place)) {
                    agree(place, Optional.empty());
                }
            }
            for (Map.Entry<ArtifactPlace, String> entry : records.entrySet()) {
                Linked linked = agree(entry.getKey(), Optional.of(entry.getValue()));
                if (linked == Linked.FILES_MISSING) {
                    missing.add(entry.getKey());
                }
            }
        });
        return missing;
    }

    /** Deletes the contents of a name that are neither linked nor to be kept. */
    public void collect(ArtifactPlace place, Set<String> keep) throws IOException {
        lock.alone(() -> {
            Set<String> kept = new HashSet<>(keep);
            workspace.active(place).ifPresent(kept::add);
            for (String digest : workspace.deleteStored(place, kept)) {
                LOG.log(Level.INFO, "event=content_deleted kind={0} name={1} content_digest={2}",
                        place.kind().wire(), place.name(), digest);
            }
        });
    }

    private Linked agree(ArtifactPlace place, Optional<String> recorded) throws IOException {
        Optional<String> now = workspace.active(place);
        if (recorded.isEmpty()) {
            if (now.isPresent()) {
                LOG.log(Level.INFO, "event=link_removed kind={0} name={1}",
                        place.kind().wire(), place.name());
                workspace.deactivate(place);
            }
            return Linked.AGREES;
        }
        String digest = recorded.get();
        if (!workspace.hasStored(place, digest)) {
            LOG.log(Level.ERROR, "event=installed_files_missing kind={0} name={1} digest={2}",
                    place.kind().wire(), place.name(), digest);
            workspace.deactivate(place);
            return Linked.FILES_MISSING;
        }
        if (now.isEmpty() && workspace.isOccupied(place)) {
            LOG.log(Level.ERROR, "event=link_occupied kind={0} name={1}",
                    place.kind().wire(), place.name());
            return Linked.OCCUPIED;
        }
        if (!now.equals(recorded)) {
            LOG.log(Level.INFO, "event=link_switched kind={0} name={1} content_digest={2}",
                    place.kind().wire(), place.name(), digest);
            workspace.activate(place, digest);
        }
        return Linked.AGREES;
    }

    /** Something that is not ours stands where the link would be. */
    public static WorkspaceRefusal occupied(ArtifactPlace place) {
        return refusal("workspace_occupied", place.link(Path.of(""))
                + " in the workspace is not a link of ours and is left alone",
                "Move it away, then retry", true);
    }

    /** What is to be linked is not in the store. */
    public static WorkspaceRefusal filesMissing(ArtifactPlace place) {
        return refusal("installed_files_missing",
                "The files of " + place.name() + " are not in the store any more",
                "Retry; they are fetched again", true);
    }

    private static WorkspaceRefusal refusal(
            String type, String message, String remedy, boolean retryable) {
        return new WorkspaceRefusal(new OperationError(type, message, remedy, retryable));
    }
}
