package io.adaos.hub.operations.lifecycle.store;

import io.adaos.hub.contracts.id.OperationId;
import io.adaos.hub.contracts.operation.OperationState;
import io.adaos.hub.contracts.operation.OperationStatus;
import io.adaos.hub.operations.lifecycle.machine.OperationCommand;
import io.adaos.hub.operations.lifecycle.machine.OperationTransitions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Writes operations that are new, as many as there are with two statements. */
final class PgNewOperations {
    /*
     * Notes on turns.
     *
     * Start-time fair queueing (Goyal, Vin, Cheng 1996) with operations of equal length: who has
     * nothing waiting begins at the turn of the one that runs next, and everybody's operations
     * are one turn apart. So of two initiators, one with a thousand operations and one with a
     * single one, the single one is second. A priority is a head start of so many turns, not a
     * right of way: nobody waits for ever. Two transactions at once may give out the same turn;
     * then arrival decides.
     */

    /** Of one step of priority. */
    private static final long HEAD_START_TURNS = 100;

    private static final String INSERT = """
            WITH fresh AS (
                SELECT *, row_number() OVER (PARTITION BY initiator ORDER BY place) AS behind
                FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[],
                    $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[],
                    $12::bigint[], $13::bigint[], $14::text[], $15::text[], $16::text[],
                    $17::bigint[])
                    WITH ORDINALITY AS given (operation_id, kind, target_kind, target_id,
                        node_id, webspace_id, join_digest, status, state, command,
                        correlation_id, deadline_millis, deadline_now, initiator, retry_of,
                        parent_id, head_start, place)),
            head AS (
                SELECT turn FROM operation WHERE status = 'accepted'
                ORDER BY operation.place, arrival LIMIT 1),
            lines AS (
                SELECT initiator, greatest((SELECT turn - 1 FROM head), (
                    SELECT max(turn) FROM operation o
                    WHERE o.initiator = f.initiator AND o.status = 'accepted'), 0) AS last
                FROM (SELECT DISTINCT initiator FROM fresh) f)
            INSERT INTO operation (operation_id, kind, target_kind, target_id, node_id,
                webspace_id, join_digest, status, revision, state, command, correlation_id,
                deadline_millis, deadline_at, initiator, retry_of, parent_id, turn, place)
            SELECT operation_id, kind, target_kind, target_id, node_id, webspace_id, join_digest,
                status, 1, state, command, correlation_id, deadline_millis,
                now() + deadline_now * interval '1 millisecond', initiator, retry_of,
                parent_id,
                last + behind, last + behind - head_start
            FROM fresh JOIN lines USING (initiator) ORDER BY fresh.place
            ON CONFLICT (target_kind, target_id, node_id)
                WHERE status IN ('accepted', 'running', 'waiting_input', 'cancelling')
                DO NOTHING
            RETURNING operation_id""";

    private final PgOperationFacts facts;

    PgNewOperations(PgOperationFacts facts) {
        this.facts = facts;
    }

    /** Those that were written, with their facts; of the others somebody else has the target. */
    Uni<Set<OperationId>> insert(SqlConnection tx, List<Newcomer> newcomers) {
        return tx.preparedQuery(INSERT).execute(columns(newcomers)).chain(rows -> {
            Set<OperationId> written = new HashSet<>();
            rows.forEach(row -> written.add(new OperationId(row.getString("operation_id"))));
            List<Newcomer> told = newcomers.stream()
                    .filter(newcomer -> written.contains(newcomer.state().operationId()))
                    .toList();
            return told.isEmpty() ? Uni.createFrom().item(written)
                    : facts.accepted(tx, told).replaceWith(written);
        });
    }

    private static Tuple columns(List<Newcomer> all) {
        Tuple columns = Tuple.tuple();
        columns.addArrayOfString(texts(all, one -> one.state().operationId().value()));
        columns.addArrayOfString(texts(all, one -> one.state().kind().value()));
        columns.addArrayOfString(texts(all, one -> one.command().target().kind()));
        columns.addArrayOfString(texts(all, one -> one.command().target().id()));
        columns.addArrayOfString(texts(all, one -> one.command().target().node().value()));
        columns.addArrayOfString(texts(all, one -> one.state().webspaceId().value()));
        columns.addArrayOfString(texts(all, one -> one.command().joinDigest()));
        columns.addArrayOfString(texts(all, one -> one.state().status().wire()));
        columns.addArrayOfString(texts(all, one -> PgOperationRows.json(one.state())));
        columns.addArrayOfString(texts(all, one -> PgOperationRows.json(one.command())));
        columns.addArrayOfString(texts(all, Newcomer::correlationId));
        columns.addArrayOfLong(numbers(all, one -> one.deadline().toMillis()));
        columns.addArrayOfLong(numbers(all, one -> one.deadlineNow().toMillis()));
        columns.addArrayOfString(texts(all, one -> initiator(one.state())));
        columns.addArrayOfString(texts(all, one -> text(one.state().retryOf())));
        columns.addArrayOfString(texts(all, one -> text(one.state().parentId())));
        columns.addArrayOfLong(
                numbers(all, one -> HEAD_START_TURNS * one.state().priority()));
        return columns;
    }

    private static String initiator(OperationState state) {
        return state.initiator().kind() + ':' + state.initiator().id();
    }

    private static String text(OperationId id) {
        return id == null ? null : id.value();
    }

    private static String[] texts(List<Newcomer> all, Function<Newcomer, String> value) {
        return all.stream().map(value).toArray(String[]::new);
    }

    private static Long[] numbers(List<Newcomer> all, Function<Newcomer, Long> value) {
        return all.stream().map(value).toArray(Long[]::new);
    }

    /**
     * An operation that is not stored yet.
     *
     * @param deadline from acceptance, or from its turn, to its end
     */
    record Newcomer(
            OperationState state, OperationCommand command, String correlationId,
            Duration deadline) {

        private static final Duration DEADLINE_IN_LINE = Duration.ofHours(1);

        Newcomer inLineBehind(OperationState holder) {
            return new Newcomer(
                    OperationTransitions.inLine(state, holder), command, correlationId, deadline);
        }

        /** From now on, in line or not. */
        Duration deadlineNow() {
            return state.status() == OperationStatus.QUEUED ? DEADLINE_IN_LINE : deadline;
        }
    }
}
