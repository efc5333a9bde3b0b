package io.adaos.hub.operations.install;

import io.adaos.hub.contracts.catalog.ArtifactKind;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.contracts.operation.InstalledArtifact;
import io.adaos.hub.operations.execution.StoppedException;
import io.adaos.hub.runtime.archive.ArchiveContents;
import io.adaos.hub.runtime.archive.ArchiveLimits;
import io.adaos.hub.runtime.archive.ArchiveReader;
import io.adaos.hub.runtime.archive.ContentDigest;
import io.adaos.hub.runtime.archive.DirectorySink;
import io.adaos.hub.runtime.workspace.ArtifactPlace;
import io.adaos.hub.runtime.workspace.Workspace;
import io.adaos.hub.runtime.workspace.WorkspaceLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Brings archives into the workspace, and links into agreement with the record. */
public final class WorkspaceInstaller {

    private static final Logger LOG = Logger.getLogger(WorkspaceInstaller.class);

    private final Workspace workspace;
    private final WorkspaceLock lock;
    private final ArchiveLimits limits;
    /** Under the lock. Later on there are runs of kinds that were prepared before. */
    private boolean swept;

    /** @param root the folder, made when missing */
    public WorkspaceInstaller(Path root, ArchiveLimits limits) {
        this.workspace = new Workspace(root);
        this.lock = new WorkspaceLock(workspace.lockFile());
        this.limits = limits;
    }

    long archiveBytesMax() {
        return limits.archiveBytesMax();
    }

    /** Makes the folders of a kind and deletes what no living run owns. */
    void prepare(ArtifactKind kind) throws IOException {
        workspace.create(kind);
        lock.alone(() -> {
            if (!swept) {
                workspace.deleteAllTemporary();
                swept = true;
            }
            workspace.deleteTemporaryLinks(kind);
        });
    }

    Path temporary(String owner) throws IOException {
        return workspace.temporary(owner);
    }

    void deleteTemporary(String owner) throws IOException {
        workspace.deleteTemporary(owner);
    }

    boolean hasStored(ArtifactPlace place, String contentDigest) throws IOException {
        return workspace.hasStored(place, contentDigest);
    }

    /** Compares the archive's bytes with the catalog's digest. */
    static void verify(Path archive, ArtifactVersion version) throws IOException {
        String found = ContentDigest.ofFile(archive);
        if (!found.equals(version.digest())) {
            throw InstallFailures.digestMismatch(version.digest(), found);
        }
    }

    /** Unpacks into a temporary folder, judges what came out, and puts it into the store. */
    void unpack(Path archive, ArtifactPlace place, ArtifactVersion version) throws IOException {
        Path folder = Files.createDirectory(
                archive.resolveSibling(archive.getFileName() + ".unpacked"));
        ArchiveContents contents = read(archive, folder);
        if (!contents.contentDigest().equals(version.contentDigest())) {
            throw InstallFailures.contentMismatch(
                    version.contentDigest(), contents.contentDigest());
        }
        String manifest = place.kind().manifestFile();
        if (contents.files().stream().noneMatch(file -> file.path().equals(manifest))) {
            throw InstallFailures.manifestMissing(manifest);
        }
        workspace.store(contents.rootIn(folder), place, version.contentDigest());
    }

    private ArchiveContents read(Path archive, Path folder) throws IOException {
        try {
            return new ArchiveReader(limits).read(archive, new DirectorySink(folder));
        } catch (HubException refusal) {
            throw InstallFailures.archiveRefused(refusal);
        }
    }

    /**
     * Switches the link and writes the record, with nobody else in between. A run that has lost
     * its lease puts the link back; after any other failure it is not known whether the record was
     * written, and the next run or {@link #reconcile} makes them agree.
     */
    void activate(ArtifactPlace place, String contentDigest, Runnable record) throws IOException {
        lock.alone(() -> {
            if (workspace.isOccupied(place)) {
                throw InstallFailures.occupied(place.link(Path.of("")).toString());
            }
            Optional<String> before = workspace.active(place);
            workspace.activate(place, contentDigest);
            try {
                record.run();
            } catch (StoppedException stopped) {
                putBack(place, before);
                throw stopped;
            }
        });
    }

    private void putBack(ArtifactPlace place, Optional<String> before) throws IOException {
        if (before.isPresent()) {
            workspace.activate(place, before.get());
        } else {
            workspace.deactivate(place);
        }
    }

    /**
     * Makes the link of one name agree with the record.
     *
     * @param recorded read while nobody else switches; what is installed under that name
     */
    void reconcile(ArtifactPlace place, Supplier<List<InstalledArtifact>> recorded)
            throws IOException {
        lock.alone(() -> {
            List<InstalledArtifact> records = recorded.get();
            if (records.isEmpty()) {
                removeUnrecorded(place);
            } else {
                restore(place, records.get(0));
            }
        });
    }

    /**
     * Makes all links of a kind agree with the records.
     *
     * @return what is recorded and cannot be linked, because its files are gone
     */
    List<InstalledArtifact> reconcileAll(
            ArtifactKind kind, Supplier<List<InstalledArtifact>> recorded) throws IOException {
        Map<ArtifactPlace, InstalledArtifact> missing = new HashMap<>();
        lock.alone(() -> {
            Map<ArtifactPlace, InstalledArtifact> records = new HashMap<>();
            for (InstalledArtifact artifact : recorded.get()) {
                if (artifact.kind() == kind) {
                    records.put(new ArtifactPlace(kind, artifact.name()), artifact);
                }
            }
            for (ArtifactPlace place : workspace.activePlaces(kind)) {
                if (!records.containsKey(place)) {
                    removeUnrecorded(place);
                }
            }
            for (Map.Entry<ArtifactPlace, InstalledArtifact> entry : records.entrySet()) {
                if (!restore(entry.getKey(), entry.getValue())) {
                    missing.put(entry.getKey(), entry.getValue());
                }
            }
        });
        return List.copyOf(missing.values());
    }

    private void removeUnrecorded(ArtifactPlace place) throws IOException {
        if (workspace.active(place).isPresent()) {
            LOG.infof("event=link_removed kind=%s name=%s", place.kind().wire(), place.name());
            workspace.deactivate(place);
        }
    }

    /** Whether the recorded content is linked now. */
    private boolean restore(ArtifactPlace place, InstalledArtifact artifact) throws IOException {
        String digest = artifact.contentDigest();
        if (!workspace.hasStored(place, digest)) {
            LOG.errorf("event=installed_files_missing kind=%s name=%s content_digest=%s",
                    place.kind().wire(), place.name(), digest);
            workspace.deactivate(place);
            return false;
        }
        boolean linked = workspace.active(place).filter(digest::equals).isPresent();
        if (!linked && workspace.isOccupied(place)) {
            LOG.errorf("event=link_occupied kind=%s name=%s", place.kind().wire(), place.name());
            return true;
        }
        if (!linked) {
            LOG.infof("event=link_restored kind=%s name=%s", place.kind().wire(), place.name());
            workspace.activate(place, digest);
        }
        return true;
    }
}
