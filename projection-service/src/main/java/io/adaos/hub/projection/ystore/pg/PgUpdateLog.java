package io.adaos.hub.projection.ystore.pg;

import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.ystore.AppendResult;
import io.adaos.hub.projection.ystore.LogRow;
import io.adaos.hub.projection.ystore.UpdateLog;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The log in PostgreSQL, with group commit: while statements are under way, the rows of all rooms
 * gather for the next one.
 */
public final class PgUpdateLog implements UpdateLog {

    /*
     * Notes on the append.
     *
     * One statement locks the lease rows of its webspaces (FOR SHARE: a takeover is an UPDATE of
     * that row, so it waits for us or we see its epoch) and inserts the rows whose epoch still
     * holds. A row that is there already is left alone. For rows that were not inserted a second
     * statement tells a repeated append (same epoch, same checksum) from a lost epoch.
     */

    private static final int GROUPS_MAX = 1;
    private static final int GROUP_ROWS_MAX = 256;
    private static final long GROUP_BYTES_MAX = 8 << 20;
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private static final String APPEND = """
            WITH held AS MATERIALIZED (
                SELECT webspace, epoch FROM webspaces
                WHERE webspace = ANY($1) ORDER BY webspace FOR SHARE)
            INSERT INTO update_log (webspace, generation, epoch, payload, crc)
            SELECT r.webspace, r.generation, r.epoch, r.payload, r.crc
            FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::bytea[], $5::bigint[])
                AS r(webspace, generation, epoch, payload, crc)
            JOIN held ON held.webspace = r.webspace AND held.epoch = r.epoch
            ON CONFLICT (webspace, generation) DO NOTHING
            RETURNING webspace, generation""";

    private static final String IS_WRITTEN = """
            SELECT 1 FROM update_log
            WHERE webspace = $1 AND generation = $2 AND epoch = $3 AND crc = $4""";

    private static final String READ = """
            SELECT generation, epoch, payload, crc FROM update_log
            WHERE webspace = $1 AND generation > $2 ORDER BY generation""";

    private record Waiting(LogRow row, CompletableFuture<AppendResult> answer) {
    }

    private final Pool pool;
    private final int groupsMax;
    private final Object lock = new Object();
    private List<Waiting> gathering = new ArrayList<>();
    private int underWay;

    public PgUpdateLog(Pool pool) {
        this(pool, GROUPS_MAX);
    }

    /** @param groupsMax how many statements may be under way at once */
    public PgUpdateLog(Pool pool, int groupsMax) {
        this.pool = pool;
        this.groupsMax = groupsMax;
    }

    @Override
    public CompletionStage<AppendResult> append(LogRow row) {
        CompletableFuture<AppendResult> answer = new CompletableFuture<>();
        synchronized (lock) {
            gathering.add(new Waiting(row, answer));
            if (underWay == groupsMax) {
                return answer;
            }
            underWay++;
        }
        appendNextGroup();
        return answer;
    }

    @Override
    public CompletionStage<List<LogRow>> readAfter(WebspaceId webspace, long generation) {
        return pool.preparedQuery(READ)
                .execute(Tuple.of(webspace.value(), generation))
                .map(rows -> rows.stream().map(row -> logRow(webspace, row)).toList())
                .subscribeAsCompletionStage();
    }

    private void appendNextGroup() {
        List<Waiting> group;
        synchronized (lock) {
            if (gathering.isEmpty()) {
                underWay--;
                return;
            }
            int size = nextGroupSize();
            group = List.copyOf(gathering.subList(0, size));
            gathering = new ArrayList<>(gathering.subList(size, gathering.size()));
        }
        commit(group).subscribe().with(
                done -> appendNextGroup(),
                failure -> {
                    group.forEach(each -> each.answer().completeExceptionally(failure));
                    appendNextGroup();
                });
    }

    /** At least one row, and further ones while they are few and small enough together. */
    private int nextGroupSize() {
        int rows = 1;
        long bytes = gathering.get(0).row().payload().length;
        while (rows < Math.min(gathering.size(), GROUP_ROWS_MAX)) {
            bytes += gathering.get(rows).row().payload().length;
            if (bytes > GROUP_BYTES_MAX) {
                break;
            }
            rows++;
        }
        return rows;
    }

    private Uni<Void> commit(List<Waiting> group) {
        return Uni.createFrom().deferred(() -> pool.preparedQuery(APPEND).execute(columns(group)))
                .chain(inserted -> answer(group, inserted))
                .ifNoItem().after(TIMEOUT).fail();
    }

    private static Tuple columns(List<Waiting> group) {
        int size = group.size();
        String[] webspaces = new String[size];
        Long[] generations = new Long[size];
        Long[] epochs = new Long[size];
        Buffer[] payloads = new Buffer[size];
        Long[] checksums = new Long[size];
        for (int i = 0; i < size; i++) {
            LogRow row = group.get(i).row();
            webspaces[i] = row.webspace().value();
            generations[i] = row.generation();
            epochs[i] = row.epoch();
            payloads[i] = Buffer.buffer(row.payload());
            checksums[i] = row.crc();
        }
        return Tuple.tuple()
                .addArrayOfString(webspaces)
                .addArrayOfLong(generations)
                .addArrayOfLong(epochs)
                .addValue(payloads)
                .addArrayOfLong(checksums);
    }

    private Uni<Void> answer(List<Waiting> group, RowSet<Row> inserted) {
        Map<String, Long> written = new HashMap<>();
        inserted.forEach(row -> written.merge(
                row.getString("webspace"), row.getLong("generation"), Math::max));
        Uni<Void> rest = Uni.createFrom().voidItem();
        for (Waiting each : group) {
            LogRow row = each.row();
            Long newest = written.get(row.webspace().value());
            if (newest != null && newest >= row.generation()) {
                each.answer().complete(new AppendResult.Appended());
            } else {
                rest = rest.chain(() -> judge(each));
            }
        }
        return rest;
    }

    private Uni<Void> judge(Waiting each) {
        LogRow row = each.row();
        return pool.preparedQuery(IS_WRITTEN)
                .execute(Tuple.of(
                        row.webspace().value(), row.generation(), row.epoch(), row.crc()))
                .invoke(found -> each.answer().complete(found.size() > 0
                        ? new AppendResult.Appended() : new AppendResult.EpochLost()))
                .replaceWithVoid();
    }

    static LogRow logRow(WebspaceId webspace, Row row) {
        return new LogRow(webspace, row.getLong("generation"), row.getLong("epoch"),
                row.getBuffer("payload").getBytes(), row.getLong("crc"));
    }
}
