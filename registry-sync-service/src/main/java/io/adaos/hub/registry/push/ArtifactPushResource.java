package io.adaos.hub.registry.push;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.adaos.hub.contracts.catalog.ArtifactKind;
import io.adaos.hub.contracts.error.FieldProblem;
import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.registry.upload.UploadFolder;
import io.adaos.hub.runtime.http.RequestId;
import io.adaos.hub.runtime.security.Scope;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;

/** Where publishers push artifacts, as a form that streams to disk or as JSON. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Push")
public class ArtifactPushResource {

    private final ArtifactPushService pushes;
    private final PushSettings settings;
    private final UploadFolder uploads;
    private final SecurityIdentity identity;
    private final RequestId requestId;

    ArtifactPushResource(ArtifactPushService pushes, PushSettings settings, UploadFolder uploads,
            SecurityIdentity identity, RequestId requestId) {
        this.pushes = pushes;
        this.settings = settings;
        this.uploads = uploads;
        this.identity = identity;
        this.requestId = requestId;
    }

    /** The fields of a form; only the archive is required. */
    public static final class Form {
        @RestForm(FileUpload.ALL)
        List<FileUpload> files;
        @RestForm
        String name;
        @RestForm("node_id")
        String nodeId;
        @RestForm
        String sha256;
        @RestForm
        String message;
        @RestForm
        String signature;
    }

    @POST
    @Path("{kind:skills|scenarios}")
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @RolesAllowed(Scope.CATALOG_PUSH)
    @Blocking
    @Operation(summary = "Publish a version of a skill or scenario",
            description = "The file field 'archive' holds a zip or tar.gz of at most 64 MiB with "
                    + "one artifact in one folder, or its files at the top together with 'name'. "
                    + "201 for a new version, 200 when the same content is there already or for "
                    + "dry_run=true, which judges alike and stores nothing")
    public Uni<Response> pushForm(@PathParam("kind") String kind,
            @QueryParam("dry_run") String dryRun,
            @BeanParam Form form) {
        PushFields fields = new PushFields(form.name, form.nodeId, form.sha256, form.message,
                null, form.signature);
        return answer(new PushRequest(kind(kind), isDryRun(dryRun), archive(form.files), fields,
                sender(), List.of()));
    }

    @POST
    @Path("{kind:skills|scenarios}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Scope.CATALOG_PUSH)
    @Blocking
    @Operation(summary = "Publish a version of a skill or scenario, the archive in JSON",
            description = "Members: archive_b64 (base64 of a zip or tar.gz of at most 16 MiB), "
                    + "name, node_id, sha256, message, metadata (an object of at most 16 KiB)")
    public Uni<Response> pushJson(@PathParam("kind") String kind,
            @QueryParam("dry_run") String dryRun, InputStream body) {
        ArtifactKind artifactKind = kind(kind);
        boolean isDryRun = isDryRun(dryRun);
        java.nio.file.Path file = temporaryFile();
        boolean isTaken = false;
        try {
            JsonPushReader reader = new JsonPushReader(file, settings.jsonArchiveBytesMax());
            PushFields fields = reader.read(body);
            Uni<Response> answer = answer(new PushRequest(artifactKind, isDryRun, file, fields,
                    sender(), reader.warnings())).onTermination().invoke(() -> delete(file));
            isTaken = true;
            return answer;
        } catch (JsonProcessingException e) {
            throw new BadRequestException(e);   // the body's fault, not a stored row's
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            if (!isTaken) {
                delete(file);
            }
        }
    }

    private Uni<Response> answer(PushRequest request) {
        return pushes.push(request).map(receipt -> {
            boolean isNew = receipt.created() && !request.dryRun();
            Response.ResponseBuilder response = isNew
                    ? Response.created(address(receipt)) : Response.ok();
            return response.entity(receipt).build();
        });
    }

    private static URI address(PushReceipt receipt) {
        return URI.create("/v1/" + receipt.kind().plural() + '/' + receipt.id() + "/versions/"
                + URLEncoder.encode(receipt.version(), StandardCharsets.UTF_8));
    }

    private java.nio.file.Path archive(List<FileUpload> files) {
        List<FileUpload> archives = files.stream()
                .filter(file -> "archive".equals(file.name())).toList();
        if (archives.size() == 1) {
            return archives.get(0).uploadedFile();
        }
        String found = files.isEmpty() ? "no file"
                : "files in " + files.stream().map(FileUpload::name).distinct().toList();
        throw new HubException(HubErrorCode.ARCHIVE_MISSING,
                "The form must have one file in the field 'archive', and has "
                        + (archives.isEmpty() ? found : archives.size() + " of them"));
    }

    private PushRequest.Sender sender() {
        return new PushRequest.Sender(identity.getPrincipal().getName(), requestId.id());
    }

    private static ArtifactKind kind(String plural) {
        return ArtifactKind.parse(plural).orElseThrow(() ->
                new HubException(HubErrorCode.NOT_FOUND, "there is no kind '" + plural + "'"));
    }

    private static boolean isDryRun(String text) {
        if (text == null || text.equals("false")) {
            return false;
        }
        if (text.isEmpty() || text.equals("true")) {
            return true;
        }
        throw new HubException(HubErrorCode.REQUEST_INVALID, "dry_run is '" + text + "'",
                List.of(new FieldProblem("dry_run", "wrong_type", "dry_run is true or false",
                        "Use dry_run=true, or leave it out")));
    }

    private java.nio.file.Path temporaryFile() {
        try {
            return uploads.newFile();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(java.nio.file.Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
