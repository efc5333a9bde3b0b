package io.adaos.hub.operations.install;

import io.adaos.hub.contracts.catalog.ArtifactKind;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.operations.execution.HandlerFailure;
import io.adaos.hub.operations.execution.TransientFailure;
import io.adaos.hub.runtime.security.ServiceCredential;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.mutiny.core.buffer.Buffer;
import jakarta.inject.Singleton;
import jakarta.ws.rs.WebApplicationException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** The registry over HTTP, with this service's own credential. */
@Singleton
public final class HttpRegistryClient implements RegistryClient {

    private static final Duration ANSWER_WAIT = Duration.ofSeconds(5);
    /** A transfer that brings nothing for so long is given up and tried again later. */
    private static final Duration STALL = Duration.ofSeconds(10);
    private static final long STOP_CHECK_MILLIS = 50;
    /** Parts of a blob that may wait for the disk; the rest waits at the registry. */
    private static final int PARTS_AHEAD = 8;

    private final HttpRegistryApi registry;
    private final HttpBlobs blobs;
    private final ServiceCredential credential;

    HttpRegistryClient(@RestClient HttpRegistryApi registry, HttpBlobs blobs,
            ServiceCredential credential) {
        this.registry = registry;
        this.blobs = blobs;
        this.credential = credential;
    }

    @Override
    public Uni<Optional<ArtifactVersion>> find(
            ArtifactKind kind, String id, Optional<String> version) {
        return Uni.createFrom()
                .deferred(() -> version.isPresent()
                        ? registry.version(bearer(), kind.plural(), id, version.get())
                        : registry.newest(bearer(), kind.plural(), id))
                .ifNoItem().after(ANSWER_WAIT).fail()
                .map(Optional::of)
                .onFailure(HttpRegistryClient::isNotFound).recoverWithItem(Optional.empty())
                .onFailure().transform(HttpRegistryClient::translate);
    }

    @Override
    public boolean fetch(String digest, Path file, long bytesMax, BooleanSupplier stopped)
            throws IOException {
        try (OutputStream out = Files.newOutputStream(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            AtomicLong received = new AtomicLong();
            CompletableFuture<Void> transfer = blobs.read(digest, bearer())
                    .ifNoItem().after(STALL).fail()
                    .emitOn(Infrastructure.getDefaultWorkerPool(), PARTS_AHEAD)
                    .invoke(part -> write(out, part, received, bytesMax))
                    .onItem().ignoreAsUni()
                    .subscribeAsCompletionStage();
            return await(transfer, stopped);
        }
    }

    private static void write(OutputStream out, Buffer part, AtomicLong received, long bytesMax) {
        if (received.addAndGet(part.length()) > bytesMax) {
            throw InstallFailures.blobTooLarge(bytesMax);
        }
        try {
            out.write(part.getBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean await(CompletableFuture<Void> transfer, BooleanSupplier stopped)
            throws IOException {
        while (!stopped.getAsBoolean()) {
            try {
                transfer.get(STOP_CHECK_MILLIS, TimeUnit.MILLISECONDS);
                return true;
            } catch (TimeoutException e) {
                continue;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            } catch (ExecutionException e) {
                if (e.getCause() instanceof UncheckedIOException unwritable) {
                    throw unwritable.getCause();
                }
                throw translate(e.getCause());
            }
        }
        transfer.cancel(true);
        return false;
    }

    private String bearer() {
        return credential.bearer();
    }

    private static boolean isNotFound(Throwable failure) {
        return failure instanceof WebApplicationException http
                && http.getResponse().getStatus() == 404;
    }

    private static RuntimeException translate(Throwable failure) {
        if (failure instanceof HandlerFailure || failure instanceof TransientFailure) {
            return (RuntimeException) failure;
        }
        if (failure instanceof HttpBlobs.StatusException || failure
                instanceof WebApplicationException) {
            int status = failure instanceof HttpBlobs.StatusException refused
                    ? refused.status() : ((WebApplicationException) failure).getResponse()
                            .getStatus();
            boolean later = status >= 500 || status == 429 || status == 404;
            return later
                    ? InstallFailures.away("HTTP " + status) : InstallFailures.refused(status);
        }
        if (failure instanceof HubException missingKey) {
            return InstallFailures.away(missingKey.getMessage());
        }
        String why = failure.getMessage() == null
                ? failure.getClass().getSimpleName() : failure.getMessage();
        return InstallFailures.away(why);
    }
}
