package io.adaos.hub.registry.blob;

import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.runtime.http.Etags;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Archives by their digest; they are code, so every read needs a credential. */
@Path("/v1/blobs")
@Tag(name = "Blobs")
public class BlobResource {

    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");
    private static final Duration WAIT = Duration.ofSeconds(10);
    private static final String NEVER_CHANGES = "private, max-age=31536000, immutable";

    private final PgBlobStore blobs;

    BlobResource(PgBlobStore blobs) {
        this.blobs = blobs;
    }

    @GET
    @Path("{digest}")
    @Authenticated
    @Blocking
    @Operation(summary = "The archive with this digest, sha256:<64 lower-case hex digits>",
            description = "The bytes as they were pushed, a zip or a tar.gz; they never change")
    public Response blob(@PathParam("digest") String digest,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) String ifNoneMatch) {
        if (!DIGEST.matcher(digest).matches()) {
            throw new HubException(HubErrorCode.BLOB_NOT_FOUND,
                    "'" + digest + "' is no digest: it looks like sha256:<64 hex digits>");
        }
        long bytes = answer(blobs.size(digest)).orElseThrow(() ->
                new HubException(HubErrorCode.BLOB_NOT_FOUND, "there is no blob " + digest));
        String etag = '"' + digest + '"';
        if (Etags.matches(ifNoneMatch, etag)) {
            return Response.notModified().header(HttpHeaders.ETAG, etag).build();
        }
        return Response.ok(new BlobStream(bytes, chunk ->
                        answer(blobs.chunk(digest, chunk))))
                .type(MediaType.APPLICATION_OCTET_STREAM)
                .header(HttpHeaders.CONTENT_LENGTH, bytes)
                .header(HttpHeaders.ETAG, etag)
                .header(HttpHeaders.CACHE_CONTROL, NEVER_CHANGES)
                .build();
    }

    private static <T> T answer(Uni<T> read) {
        return read.ifNoItem().after(WAIT).failWith(() ->
                        new HubException(HubErrorCode.STORE_UNAVAILABLE,
                                "The database gave no answer for " + WAIT.toSeconds() + " s"))
                .await().indefinitely();
    }
}
