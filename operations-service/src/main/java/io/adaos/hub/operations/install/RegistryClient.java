package io.adaos.hub.operations.install;

import io.adaos.hub.contracts.catalog.ArtifactKind;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** The registry as an installation sees it. */
public interface RegistryClient {

    /**
     * A version of an artifact; without a version the newest. Empty when there is none.
     *
     * <p>Fails with {@code TransientFailure} when the registry is away and with
     * {@code HandlerFailure} when its answer is of no use.
     */
    Uni<Optional<ArtifactVersion>> find(ArtifactKind kind, String id, Optional<String> version);

    /**
     * Streams a blob into a new file; blocks.
     *
     * @param bytesMax a longer blob is refused
     * @param stopped asked often; when true the transfer ends early
     * @return whether the blob is complete
     * @throws IOException when the file cannot be written
     */
    boolean fetch(String digest, Path file, long bytesMax, BooleanSupplier stopped)
            throws IOException;
}
