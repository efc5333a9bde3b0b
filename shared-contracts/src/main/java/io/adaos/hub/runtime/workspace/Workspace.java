package io.adaos.hub.runtime.workspace;

import io.adaos.hub.contracts.catalog.ArtifactKind;
import io.adaos.hub.runtime.archive.ContentDigest;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** The folder in which artifacts are installed; every change of it is one rename. */
public final class Workspace {
    /*
     * Notes on what a crash can leave.
     *
     * Everything is first written below .store/.tmp, flushed to disk, and then renamed to its
     * place; a reader sees the old or the new, never a part. What a crash leaves below .tmp, and
     * temporary links, belong to nobody and are deleted at the next start. A folder in .store has
     * its content's digest as its name, so whether it is whole can be found out at any time.
     */

    private static final String TEMPORARY = ".tmp";
    private static final String TEMPORARY_LINK = ".link-";

    private final Path root;

    public Workspace(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    /** Makes the folders for one kind; safe to repeat. */
    public void create(ArtifactKind kind) throws IOException {
        Files.createDirectories(temporary());
        Files.createDirectories(root.resolve(kind.plural()));
    }

    public Path lockFile() {
        return root.resolve(".store").resolve(".lock");
    }

    /** A path for something temporary, whose name begins with the owner's. */
    public Path temporary(String owner) throws IOException {
        Files.createDirectories(temporary());
        return temporary().resolve(owner + '-' + UUID.randomUUID());
    }

    /** Deletes what this owner has left below the temporary folder. */
    public void deleteTemporary(String owner) throws IOException {
        for (Path path : children(temporary())) {
            if (path.getFileName().toString().startsWith(owner)) {
                deleteTree(path);
            }
        }
    }

    /** Deletes everything below the temporary folder, of whatever owner. */
    public void deleteAllTemporary() throws IOException {
        deleteTemporary("");
    }

    /** Deletes the temporary links of one kind. */
    public void deleteTemporaryLinks(ArtifactKind kind) throws IOException {
        for (Path path : children(root.resolve(kind.plural()))) {
            if (path.getFileName().toString().startsWith(TEMPORARY_LINK)
                    && Files.isSymbolicLink(path)) {
                Files.delete(path);
            }
        }
    }

    /** Whether the store has this content, whole; a damaged one is moved out of the way. */
    public boolean hasStored(ArtifactPlace place, String contentDigest) throws IOException {
        Path stored = place.store(root, contentDigest);
        if (!Files.isDirectory(stored, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        if (isWhole(stored, contentDigest)) {
            return true;
        }
        setAside(stored);
        return false;
    }

    /** Nobody finds it in the store any more, then it is deleted. */
    private void setAside(Path stored) throws IOException {
        Path aside = temporary("aside");
        Files.move(stored, aside, StandardCopyOption.ATOMIC_MOVE);
        deleteTree(aside);
    }

    /**
     * Deletes the contents that the store has of an artifact, but those to be kept.
     *
     * @param keep content digests
     * @return the digests of what was deleted
     */
    public List<String> deleteStored(ArtifactPlace place, Set<String> keep) throws IOException {
        List<String> deleted = new ArrayList<>();
        Path contents = place.contents(root);
        for (Path stored : children(contents)) {
            String digest = stored.getFileName().toString();
            if (ArtifactPlace.isDigest(digest) && !keep.contains(digest)) {
                setAside(stored);
                deleted.add(digest);
            }
        }
        if (!deleted.isEmpty() && children(contents).isEmpty()) {
            Files.delete(contents);
        }
        return deleted;
    }

    /** Puts a finished folder into the store. */
    public void store(Path finished, ArtifactPlace place, String contentDigest) throws IOException {
        Path stored = place.store(root, contentDigest);
        flushTree(finished);
        Files.createDirectories(stored.getParent());
        if (!hasStored(place, contentDigest)) {
            Files.move(finished, stored, StandardCopyOption.ATOMIC_MOVE);
        }
        flush(stored.getParent());
    }

    /** The content the link leads to; empty when there is no link of ours. */
    public Optional<String> active(ArtifactPlace place) throws IOException {
        Path link = place.link(root);
        if (!Files.isSymbolicLink(link)) {
            return Optional.empty();
        }
        Path target = Files.readSymbolicLink(link);
        String last = target.getFileName() == null ? "" : target.getFileName().toString();
        return ArtifactPlace.isDigest(last) && target.equals(place.linkTarget(last))
                ? Optional.of(last) : Optional.empty();
    }

    /** Whether something that is not a link of ours stands where the link would be. */
    public boolean isOccupied(ArtifactPlace place) throws IOException {
        return Files.exists(place.link(root), LinkOption.NOFOLLOW_LINKS)
                && active(place).isEmpty();
    }

    /** Replaces the link, or makes it, by one rename. */
    public void activate(ArtifactPlace place, String contentDigest) throws IOException {
        Path link = place.link(root);
        Files.createDirectories(link.getParent());
        Path fresh = link.resolveSibling(TEMPORARY_LINK + UUID.randomUUID());
        Files.createSymbolicLink(fresh, place.linkTarget(contentDigest));
        try {
            Files.move(fresh, link, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Files.deleteIfExists(fresh);
            throw e;
        }
        flush(link.getParent());
    }

    /** Removes the link when it is ours. */
    public void deactivate(ArtifactPlace place) throws IOException {
        if (active(place).isPresent()) {
            Files.delete(place.link(root));
            flush(place.link(root).getParent());
        }
    }

    /** Every place of a kind that has a link of ours; what else is there is left alone. */
    public List<ArtifactPlace> activePlaces(ArtifactKind kind) throws IOException {
        List<ArtifactPlace> places = new ArrayList<>();
        for (Path path : children(root.resolve(kind.plural()))) {
            String name = path.getFileName().toString();
            if (ArtifactPlace.isName(name) && active(new ArtifactPlace(kind, name)).isPresent()) {
                places.add(new ArtifactPlace(kind, name));
            }
        }
        return places;
    }

    /** Deletes a file or a folder with all below; links are deleted, not followed. */
    private static void deleteTree(Path path) throws IOException {
        List<Path> below;
        try (Stream<Path> walk = Files.walk(path)) {
            below = walk.sorted(Comparator.reverseOrder()).toList();
        } catch (NoSuchFileException e) {
            return;
        }
        for (Path each : below) {
            Files.deleteIfExists(each);
        }
    }

    private Path temporary() {
        return root.resolve(".store").resolve(TEMPORARY);
    }

    private static boolean isWhole(Path stored, String contentDigest) {
        try {
            return ContentDigest.ofDirectory(stored).equals(contentDigest);
        } catch (IOException e) {
            return false;
        }
    }

    private static List<Path> children(Path folder) throws IOException {
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            stream.forEach(children::add);
        } catch (NoSuchFileException e) {
            return List.of();
        }
        return children;
    }

    /** A rename that survives a power cut must not name what is not on disk yet. */
    private static void flushTree(Path folder) throws IOException {
        List<Path> below;
        try (Stream<Path> walk = Files.walk(folder)) {
            below = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : below) {
            flush(each);
        }
    }

    private static void flush(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
