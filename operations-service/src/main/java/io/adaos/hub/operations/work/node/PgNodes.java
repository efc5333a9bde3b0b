package io.adaos.hub.operations.work.node;

import io.adaos.hub.contracts.id.NodeId;
import io.adaos.hub.runtime.pg.PgTransactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The nodes that have asked for work. */
public final class PgNodes {

    private static final String SEEN = """
            INSERT INTO work_node (node_id, kinds) VALUES ($1, $2)
            ON CONFLICT (node_id) DO UPDATE SET kinds = excluded.kinds, last_seen_at = now()""";
    private static final String STILL_THERE =
            "UPDATE work_node SET last_seen_at = now() WHERE node_id = $1";
    private static final String IDS = "SELECT node_id FROM work_node ORDER BY node_id";
    private static final String LIST = """
            SELECT n.node_id, n.kinds, n.last_seen_at,
                n.last_seen_at > now() - $1 * interval '1 millisecond' AS reachable,
                count(w.work_id) FILTER (WHERE w.lease_expires_at > now())::int AS active,
                count(w.work_id) FILTER (WHERE w.lease_expires_at IS NULL
                    OR w.lease_expires_at <= now())::int AS waiting
            FROM work_node n
            LEFT JOIN work_item w ON w.node_id = n.node_id AND w.outcome IS NULL
            GROUP BY n.node_id ORDER BY n.node_id LIMIT $2""";

    private final PgTransactions transactions;

    /** Over the service's transactions. */
    public PgNodes(PgTransactions transactions) {
        this.transactions = transactions;
    }

    /** This node asks for work of these kinds. */
    public Uni<Void> seen(NodeId node, List<String> kinds) {
        return transactions.write(tx -> tx.preparedQuery(SEEN)
                .execute(Tuple.of(node.value(), kinds.toArray(String[]::new)))
                .replaceWithVoid());
    }

    /** This node has said something. */
    public Uni<Void> stillThere(NodeId node) {
        return transactions.write(tx -> tx.preparedQuery(STILL_THERE)
                .execute(Tuple.of(node.value())).replaceWithVoid());
    }

    /** All of them, by name. */
    public Uni<List<NodeId>> ids() {
        return transactions.snapshot(tx -> tx.query(IDS).execute().map(PgNodes::ids));
    }

    /** At most so many nodes, by name; reachable are those seen within the time given. */
    Uni<List<NodeState>> list(Duration reachableWithin, int most) {
        return transactions.snapshot(tx -> tx.preparedQuery(LIST)
                .execute(Tuple.of((double) reachableWithin.toMillis(), most))
                .map(rows -> {
                    List<NodeState> nodes = new ArrayList<>();
                    rows.forEach(row -> nodes.add(state(row)));
                    return nodes;
                }));
    }

    private static NodeState state(Row row) {
        return new NodeState(new NodeId(row.getString("node_id")),
                row.getOffsetDateTime("last_seen_at").toInstant(),
                List.of(row.getArrayOfStrings("kinds")), row.getInteger("active"),
                row.getInteger("waiting"), row.getBoolean("reachable"));
    }

    /** The column {@code node_id} of these rows. */
    public static List<NodeId> ids(RowSet<Row> rows) {
        List<NodeId> ids = new ArrayList<>();
        rows.forEach(row -> ids.add(new NodeId(row.getString("node_id"))));
        return ids;
    }
}
