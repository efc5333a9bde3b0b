package io.adaos.hub.registry.blob;

import io.adaos.hub.runtime.pg.PgTransactions;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;

/** Archives by content, in rows of 1 MiB; never more than one row of an archive is in memory. */
public final class PgBlobStore {

    /** Bytes of every row but the last. */
    public static final int CHUNK_BYTES = 1 << 20;

    private static final String ADD =
            "INSERT INTO blob (digest, size_bytes) VALUES ($1, $2) ON CONFLICT (digest) DO NOTHING";
    private static final String ADD_CHUNK =
            "INSERT INTO blob_chunk (digest, chunk, bytes) VALUES ($1, $2, $3)";
    private static final String SIZE = "SELECT size_bytes FROM blob WHERE digest = $1";
    private static final String CHUNK =
            "SELECT bytes FROM blob_chunk WHERE digest = $1 AND chunk = $2";

    private final PgTransactions transactions;

    public PgBlobStore(PgTransactions transactions) {
        this.transactions = transactions;
    }

    /** Stores the file within the transaction, unless these bytes are stored already. */
    public Uni<Void> store(SqlConnection tx, StoredFile file) {
        return tx.preparedQuery(ADD).execute(Tuple.of(file.digest(), file.bytes()))
                .chain(rows -> rows.rowCount() == 0
                        ? Uni.createFrom().voidItem() : storeChunk(tx, file, 0));
    }

    /** Length of a blob. */
    public Uni<Optional<Long>> size(String digest) {
        return transactions.snapshot(tx -> tx.preparedQuery(SIZE).execute(Tuple.of(digest)))
                .map(rows -> {
                    Iterator<Row> row = rows.iterator();
                    return row.hasNext() ? Optional.of(row.next().getLong(0)) : Optional.empty();
                });
    }

    /** One row of a blob, from 0. */
    public Uni<byte[]> chunk(String digest, int chunk) {
        return transactions.snapshot(tx ->
                        tx.preparedQuery(CHUNK).execute(Tuple.of(digest, chunk)))
                .map(rows -> rows.iterator().next().getBuffer(0).getBytes());
    }

    /** How many rows a blob of this length has. */
    static int chunks(long bytes) {
        return (int) ((bytes + CHUNK_BYTES - 1) / CHUNK_BYTES);
    }

    private Uni<Void> storeChunk(SqlConnection tx, StoredFile file, int chunk) {
        return Uni.createFrom().item(() -> read(file.path(), chunk))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .chain(bytes -> tx.preparedQuery(ADD_CHUNK)
                        .execute(Tuple.of(file.digest(), chunk, Buffer.buffer(bytes))))
                .chain(rows -> chunk + 1 < chunks(file.bytes())
                        ? storeChunk(tx, file, chunk + 1) : Uni.createFrom().voidItem());
    }

    private static byte[] read(Path file, int chunk) {
        try (FileChannel channel = FileChannel.open(file)) {
            long start = (long) chunk * CHUNK_BYTES;
            ByteBuffer bytes =
                    ByteBuffer.allocate((int) Math.min(CHUNK_BYTES, channel.size() - start));
            while (bytes.hasRemaining() && channel.read(bytes, start + bytes.position()) >= 0) {
                continue;
            }
            return bytes.array();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
