package io.adaos.hub.projection.ystore;

import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.ystore.pg.PgUpdateLog;
import io.adaos.hub.testing.RestartablePostgres;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Appends a second through the log of a real database that waits for its disk; every room has one
 * append under way. Arguments: groups under way at once, seconds, then numbers of rooms.
 */
public final class AppendBench {

    private static final byte[] UPDATE = new byte[120];

    private AppendBench() {
    }

    public static void main(String[] arguments) throws InterruptedException {
        int groups = Integer.parseInt(arguments[0]);
        int seconds = Integer.parseInt(arguments[1]);
        try (RestartablePostgres server = RestartablePostgres.unstarted()) {
            server.start();
            PgStore.migrate(server.url());
            try (PgStore postgres = new PgStore(server.url())) {
                postgres.pool().query("ALTER ROLE postgres SET synchronous_commit = on")
                        .executeAndAwait();
            }
            for (String rooms : Arrays.asList(arguments).subList(2, arguments.length)) {
                try (PgStore postgres = new PgStore(server.url())) {
                    measure(postgres, groups, Integer.parseInt(rooms), seconds);
                }
            }
        }
    }

    private static void measure(PgStore postgres, int groups, int rooms, int seconds)
            throws InterruptedException {
        UpdateLog log = new PgUpdateLog(postgres.pool(), groups);
        AtomicLong appended = new AtomicLong();
        AtomicLong end = new AtomicLong(Long.MAX_VALUE);
        for (int i = 0; i < rooms; i++) {
            WebspaceId webspace = new WebspaceId("room-" + rooms + "-" + i);
            postgres.store().webspaces().create(webspace, "core:bench")
                    .toCompletableFuture().join();
            Lease lease = postgres.store().acquire(webspace, PgStore.holder("bench"))
                    .toCompletableFuture().join().orElseThrow();
            appendOn(log, lease, 1, appended, end);
        }
        TimeUnit.SECONDS.sleep(1);
        long before = appended.get();
        TimeUnit.SECONDS.sleep(seconds);
        System.out.printf("rooms=%d groups=%d appends/s=%d%n",
                rooms, groups, (appended.get() - before) / seconds);
        end.set(0);
        TimeUnit.SECONDS.sleep(1);
    }

    private static void appendOn(
            UpdateLog log, Lease lease, long generation, AtomicLong appended, AtomicLong end) {
        log.append(LogRow.of(lease, generation, UPDATE)).whenComplete((result, failure) -> {
            if (!(result instanceof AppendResult.Appended)) {
                throw new AssertionError(result + " " + failure);
            }
            appended.incrementAndGet();
            if (generation < end.get()) {
                appendOn(log, lease, generation + 1, appended, end);
            }
        });
    }
}
