package io.adaos.hub.projection.status.edge;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.adaos.hub.contracts.error.FieldProblem;
import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.contracts.status.WebspaceStatus;
import io.adaos.hub.projection.status.view.HubContracts;
import io.adaos.hub.projection.status.view.LegacyReliability;
import io.adaos.hub.projection.status.view.LegacyReliability.Mode;
import io.adaos.hub.projection.write.body.PathIds;
import io.adaos.hub.runtime.http.Etags;
import io.adaos.hub.runtime.http.HubJson;
import io.adaos.hub.runtime.security.Scope;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The status as clients of the old hub ask for it; new ones read the contracts. */
@Path("/api/node/reliability")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
public class ReliabilityResource {

    private final StatusService statuses;
    private final SecurityIdentity caller;
    private final SummaryMetrics metrics = new SummaryMetrics();

    ReliabilityResource(StatusService statuses, SecurityIdentity caller) {
        this.statuses = statuses;
        this.caller = caller;
    }

    /** The three contracts in the old shape. */
    @GET
    @Operation(summary = "The three contracts as clients of the old hub read them",
            description = "Scope webspace:<id>:read; webspace_id is desktop when absent.")
    public Uni<Map<String, Object>> reliability(
            @QueryParam("webspace_id") @DefaultValue("desktop") String webspace) {
        return read(webspace).map(status ->
                LegacyReliability.reliability(contracts(status), status.at()));
    }

    /** A summary; 304 while nothing but ages and moments has changed. */
    @GET
    @Path("summary")
    @Operation(summary = "A summary for clients of the old hub, in camelCase",
            description = "mode: compat (when absent), full, thin (status, status_plane), runtime "
                    + "(beacon) or details. Weak ETag, 304.")
    public Uni<Response> summary(
            @QueryParam("mode") @DefaultValue("compat") String mode,
            @QueryParam("webspace_id") @DefaultValue("desktop") String webspace,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) String ifNoneMatch) {
        Mode wanted = Mode.of(mode).orElseThrow(() -> new HubException(
                HubErrorCode.REQUEST_INVALID, "There is no such mode",
                List.of(new FieldProblem("mode", "unknown", "mode is not known",
                        "Use compat, full, thin, runtime or details"))));
        return answer(wanted, webspace, ifNoneMatch);
    }

    /** The states alone. */
    @GET
    @Path("runtime")
    @Operation(summary = "The states alone: the summary with mode=runtime")
    public Uni<Response> runtime(
            @QueryParam("webspace_id") @DefaultValue("desktop") String webspace,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) String ifNoneMatch) {
        return answer(Mode.RUNTIME, webspace, ifNoneMatch);
    }

    /** Every link and every owner. */
    @GET
    @Path("details")
    @Operation(summary = "Every link and every owner: the summary with mode=details")
    public Uni<Response> details(
            @QueryParam("webspace_id") @DefaultValue("desktop") String webspace,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) String ifNoneMatch) {
        return answer(Mode.DETAILS, webspace, ifNoneMatch);
    }

    /** What summaries cost. */
    @GET
    @Path("summary/metrics")
    @Operation(summary = "How often each summary was asked for, and what the last one cost")
    public Map<String, Object> metrics() {
        return metrics.view();
    }

    private Uni<Response> answer(Mode mode, String webspace, String ifNoneMatch) {
        long began = System.nanoTime();
        return read(webspace).map(status -> {
            Map<String, Object> body = LegacyReliability.summary(
                    contracts(status), mode, status.at().toMillis());
            byte[] bytes = bytes(body);
            String etag = QuietTag.of(body);
            boolean known = Etags.matches(ifNoneMatch, etag);
            long micros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - began);
            metrics.answered(mode, known, bytes.length, micros);
            return (known ? Response.notModified() : Response.ok(bytes))
                    .header(HttpHeaders.ETAG, etag)
                    .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                    .header("X-AdaOS-Summary-Mode", mode.wire())
                    .header("X-AdaOS-Summary-Cache", known ? "hit" : "miss")
                    .header("X-AdaOS-Summary-Body-Bytes", bytes.length)
                    .header("X-AdaOS-Runtime-Duration-Ms", micros / 1_000.0)
                    .build();
        });
    }

    private Uni<WebspaceStatus> read(String name) {
        return statuses.status(PathIds.readable(name, caller::hasRole));
    }

    private static HubContracts contracts(WebspaceStatus status) {
        return new HubContracts(
                status.connectivity(), status.stateSync(), status.yjsPressure());
    }

    private static byte[] bytes(Map<String, Object> body) {
        try {
            return HubJson.mapper().writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a summary is always JSON", e);
        }
    }
}
