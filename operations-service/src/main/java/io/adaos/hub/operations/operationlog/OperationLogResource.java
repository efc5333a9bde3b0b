package io.adaos.hub.operations.operationlog;

import io.adaos.hub.contracts.error.FieldProblem;
import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.contracts.id.OperationId;
import io.adaos.hub.runtime.security.Scope;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** The log of an operation over HTTP. */
@Path("/v1/operations/{id}/log")
@Produces(MediaType.APPLICATION_JSON)
public class OperationLogResource {

    private static final int LIMIT_MAX = 1_000;
    private static final int WAIT_MAX = 25;
    private static final int WAITING_MAX = 64;
    private static final Duration LOOK = Duration.ofMillis(300);

    private final PgOperationLog log;
    private final Semaphore waiting = new Semaphore(WAITING_MAX);

    OperationLogResource(PgOperationLog log) {
        this.log = log;
    }

    /**
     * The lines after number {@code after} (0 unless told), at most {@code limit} (200 unless
     * told, at most 1,000). {@code wait} seconds (0 unless told, at most 25) are waited for the
     * first of them while the operation is active; when 64 requests wait already, none.
     * {@code dropped} says how many lines in the middle are gone. 400 names every parameter that
     * is wrong.
     */
    @GET
    @RolesAllowed(Scope.OPERATIONS_READ)
    @Operation(summary = "Read the log of an operation")
    @APIResponse(responseCode = "200",
            content = @Content(schema = @Schema(implementation = LogPage.class)))
    @APIResponse(responseCode = "400", description = "request_invalid, with all errors")
    @APIResponse(responseCode = "404", description = "operation_not_found")
    public Uni<LogPage> read(@PathParam("id") String id,
            @DefaultValue("0") @QueryParam("after") String after,
            @DefaultValue("200") @QueryParam("limit") String limit,
            @DefaultValue("0") @QueryParam("wait") String wait) {
        List<FieldProblem> problems = new ArrayList<>();
        long from = number("after", after, Long.MAX_VALUE, problems);
        int most = (int) Math.max(1, number("limit", limit, LIMIT_MAX, problems));
        long seconds = number("wait", wait, WAIT_MAX, problems);
        if (!problems.isEmpty()) {
            throw new HubException(HubErrorCode.REQUEST_INVALID,
                    "The request has unusable parameters", problems);
        }
        OperationId operation = id(id);
        Uni<LogPage> look = log.read(operation, from, most)
                .map(found -> found.orElseThrow(() -> notFound(id)));
        return seconds > 0 && waiting.tryAcquire()
                ? awaited(look, seconds).onTermination().invoke(() -> waiting.release())
                : look;
    }

    private static Uni<LogPage> awaited(Uni<LogPage> look, long seconds) {
        long looks = Duration.ofSeconds(seconds).dividedBy(LOOK);
        return look.chain(page -> isWorthTelling(page) || looks <= 0
                ? Uni.createFrom().item(page)
                : Uni.createFrom().voidItem().onItem().delayIt().by(LOOK).chain(() -> look)
                        .repeat().withDelay(LOOK).until(OperationLogResource::isWorthTelling)
                        .select().first(looks)
                        .collect().last()
                        .chain(last -> look));
    }

    private static boolean isWorthTelling(LogPage page) {
        return !page.items().isEmpty() || page.status().isTerminal();
    }

    private static long number(
            String name, String text, long most, List<FieldProblem> problems) {
        try {
            long value = Long.parseLong(text);
            if (value >= 0 && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // said below, as for a number that is too large
        }
        problems.add(new FieldProblem(name, "malformed",
                name + " is not a number from 0 to " + most, "Leave it out, or correct it"));
        return 0;
    }

    private static OperationId id(String id) {
        try {
            return new OperationId(id);
        } catch (IllegalArgumentException e) {
            throw notFound(id);
        }
    }

    private static HubException notFound(String id) {
        String shown = id.length() <= 80 ? id : id.substring(0, 80) + '…';
        return new HubException(
                HubErrorCode.OPERATION_NOT_FOUND, "There is no operation '" + shown + "'");
    }
}
