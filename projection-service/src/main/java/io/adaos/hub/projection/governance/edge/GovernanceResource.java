package io.adaos.hub.projection.governance.edge;

import io.adaos.hub.contracts.error.FieldProblem;
import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.contracts.id.OwnerId;
import io.adaos.hub.projection.governance.OwnerRow;
import io.adaos.hub.projection.governance.WriteGovernor;
import io.adaos.hub.projection.governance.direct.DirectWriteLog;
import io.adaos.hub.projection.governance.direct.DirectWriteRow;
import io.adaos.hub.projection.governance.direct.RefusedClient;
import io.adaos.hub.projection.governance.direct.RefusedClients;
import io.adaos.hub.projection.governance.pressure.PolicyState;
import io.adaos.hub.runtime.http.PageRequest;
import io.adaos.hub.runtime.security.Scope;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** Who presses on the documents, and which skills still write raw updates. */
@Path("/v1/governance")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
public class GovernanceResource {

    /** The most severe first, then by webspace and owner. */
    private static final Comparator<OwnerRow> ORDER =
            Comparator.comparing(OwnerRow::policyState).reversed()
                    .thenComparing(OwnerRow::webspaceId)
                    .thenComparing(row -> row.owner().value())
                    .thenComparing(OwnerRow::directYjsWrite);

    private final WriteGovernor governor;
    private final DirectWriteLog directWrites;
    private final RefusedClients refusedClients;
    private final SteadyClock clock;
    private final SecurityIdentity caller;

    GovernanceResource(WriteGovernor governor, DirectWriteLog directWrites,
            RefusedClients refusedClients, SteadyClock clock, SecurityIdentity caller) {
        this.governor = governor;
        this.directWrites = directWrites;
        this.refusedClients = refusedClients;
        this.clock = clock;
        this.caller = caller;
    }

    /** A page of owners. */
    public record OwnerPage(List<OwnerRow> items, int offset, int limit, int total) {
    }

    /**
     * A page of the migration report.
     *
     * @param blockers clients whose updates are discarded, since something of them was refused
     *     before; at most 500, the one heard of last first
     */
    public record DirectWritePage(List<DirectWriteRow> items, int offset, int limit, int total,
            List<RefusedClient> blockers) {
    }

    /** The owners of the webspaces the caller may read, and the caller itself. */
    @GET
    @Path("owners")
    @Operation(summary = "Who presses on the documents",
            description = "One row per owner and webspace you may read, and your own: the "
                    + "yjs_pressure of the last 60 s, the mean rates of the last 5 s which the "
                    + "policy state is decided on, what waits, the newest evidence, and counts "
                    + "since the service began, of which attempted_total = applied + coalesced + "
                    + "refused + pending + in_progress. Bytes and writes are per second. Raw "
                    + "updates of skills have rows of their own (direct_yjs_write).")
    public OwnerPage owners(
            @Parameter(description = "Rows of this webspace only")
            @QueryParam("webspace_id") String webspaceId,
            @Parameter(description = "Rows in this state only: ok, warn, throttle or block")
            @QueryParam("policy_state") String policyState,
            @Parameter(description = "First row, from 0") @QueryParam("offset") Integer offset,
            @Parameter(description = "Rows at most, 1 to 500; 50 when absent")
            @QueryParam("limit") Integer limit) {
        PageRequest page = PageRequest.of(offset, limit);
        Predicate<OwnerRow> wanted = wanted(webspaceId, policyState);
        List<OwnerRow> rows = governor.rows(clock.millis()).stream()
                .filter(row -> maySee(row.webspaceId(), row.owner()))
                .filter(wanted)
                .sorted(ORDER)
                .toList();
        return new OwnerPage(page(rows, page), page.offset(), page.limit(), rows.size());
    }

    /** Raw updates of skills, and what the skills should declare instead. */
    @GET
    @Path("direct-writes")
    @Operation(summary = "Which skills still write raw updates, and what they should declare",
            description = "The migration report: per skill and webspace you may read what it "
                    + "wrote by raw updates since the service began, how often and how large in "
                    + "bytes (at most 64 paths, five segments deep), and the data_projections "
                    + "its manifest should declare to write the same through projections; and "
                    + "the Yjs clients whose updates are discarded (blockers).")
    public DirectWritePage directWrites(
            @Parameter(description = "First row, from 0") @QueryParam("offset") Integer offset,
            @Parameter(description = "Rows at most, 1 to 500; 50 when absent")
            @QueryParam("limit") Integer limit) {
        PageRequest page = PageRequest.of(offset, limit);
        List<DirectWriteRow> rows = directWrites.rows().stream()
                .filter(row -> maySee(row.webspaceId(), row.owner()))
                .toList();
        List<RefusedClient> blockers = refusedClients.rows().stream()
                .filter(row -> maySee(row.webspaceId(), row.owner()))
                .limit(PageRequest.LIMIT_MAX)
                .toList();
        return new DirectWritePage(
                page(rows, page), page.offset(), page.limit(), rows.size(), blockers);
    }

    private boolean maySee(String webspaceId, OwnerId owner) {
        return caller.hasRole(Scope.webspaceRead(webspaceId))
                || owner.value().equals(caller.getPrincipal().getName());
    }

    private static Predicate<OwnerRow> wanted(String webspaceId, String policyState) {
        Optional<PolicyState> state = Optional.ofNullable(policyState).map(word ->
                Arrays.stream(PolicyState.values())
                        .filter(known -> known.wire().equals(word))
                        .findFirst()
                        .orElseThrow(GovernanceResource::unknownState));
        String webspace = "default".equals(webspaceId) ? "desktop" : webspaceId;
        return row -> (webspace == null || webspace.equals(row.webspaceId()))
                && (state.isEmpty() || state.get() == row.policyState());
    }

    private static HubException unknownState() {
        return new HubException(HubErrorCode.REQUEST_INVALID, "There is no such policy state",
                List.of(new FieldProblem("policy_state", "unknown", "policy_state is not known",
                        "Use ok, warn, throttle or block")));
    }

    private static <T> List<T> page(List<T> rows, PageRequest page) {
        return rows.stream().skip(page.offset()).limit(page.limit()).toList();
    }
}
