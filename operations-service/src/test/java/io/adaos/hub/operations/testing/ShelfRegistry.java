package io.adaos.hub.operations.testing;

import io.adaos.hub.contracts.catalog.ArtifactKind;
import io.adaos.hub.contracts.catalog.RequiredSkills;
import io.adaos.hub.contracts.operation.OperationError;
import io.adaos.hub.operations.execution.TransientFailure;
import io.adaos.hub.operations.install.ArtifactVersion;
import io.adaos.hub.operations.install.RegistryClient;
import io.adaos.hub.testing.TestArchives;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/** A registry in memory; what is published last is the newest. */
public final class ShelfRegistry implements RegistryClient {

    private final Map<String, ArtifactVersion> versions = new ConcurrentHashMap<>();
    private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
    private volatile Runnable beforeBlob = () -> { };

    /** Publishes a well-made artifact. */
    public ArtifactVersion publish(ArtifactKind kind, String name, String version) {
        Map<String, String> files = new LinkedHashMap<>();
        files.put(name + '/' + kind.manifestFile(), "version: " + version + "\n");
        files.put(name + "/bin/run.sh", "echo " + version + "\n");
        byte[] archive = TestArchives.tarGz(files);
        return publish(kind, new ArtifactVersion(name, name, version,
                TestRegistry.sha256(archive), TestRegistry.contentDigest(archive)), archive);
    }

    /** Publishes a scenario that requires these skills. */
    public ArtifactVersion publish(String name, String version, List<String> required) {
        ArtifactVersion plain = publish(ArtifactKind.SCENARIO, name, version);
        return publish(ArtifactKind.SCENARIO, new ArtifactVersion(name, name, version,
                plain.digest(), plain.contentDigest(), new RequiredSkills(required, List.of())),
                blobs.get(plain.digest()));
    }

    /** Publishes whatever the version claims. */
    public ArtifactVersion publish(ArtifactKind kind, ArtifactVersion version, byte[] archive) {
        blobs.put(version.digest(), archive);
        versions.put(kind + "/" + version.id(), version);
        versions.put(kind + "/" + version.id() + "/" + version.version(), version);
        return version;
    }

    /** Called when a transfer is half done. */
    public void duringFetch(Runnable action) {
        beforeBlob = action;
    }

    @Override
    public Uni<Optional<ArtifactVersion>> find(
            ArtifactKind kind, String id, Optional<String> version) {
        String key = kind + "/" + id + version.map(wanted -> "/" + wanted).orElse("");
        return Uni.createFrom().item(() -> Optional.ofNullable(versions.get(key)));
    }

    @Override
    public boolean fetch(String digest, Path file, long bytesMax, BooleanSupplier stopped)
            throws IOException {
        byte[] blob = blobs.get(digest);
        if (blob == null) {
            throw new TransientFailure(new OperationError("gone", "No such blob", null, true));
        }
        Files.write(file, Arrays.copyOf(blob, blob.length / 2));
        beforeBlob.run();
        Files.write(file, blob);
        return !stopped.getAsBoolean();
    }
}
