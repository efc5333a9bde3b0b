package io.adaos.hub.projection.write.upkeep;

import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.room.RoomDirectory;
import io.adaos.hub.projection.room.RoomServices;
import io.adaos.hub.projection.room.RoomSettings;
import io.adaos.hub.projection.room.branch.BranchWrite;
import io.adaos.hub.projection.room.mailbox.RoomWrite;
import io.adaos.hub.projection.room.mailbox.WriteOutcome;
import io.adaos.hub.projection.room.upkeep.DocRepair;
import io.adaos.hub.projection.room.upkeep.RoomUpkeep;
import io.adaos.hub.projection.room.upkeep.SleepSettings;
import io.adaos.hub.projection.room.upkeep.UpkeepCounts;
import io.adaos.hub.projection.write.ingress.RoomGate;
import io.adaos.hub.projection.ystore.InMemoryYStore;
import io.adaos.hub.projection.ystore.PgStore;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Rooms over one store in memory, as a process has them, and the gate to them. */
final class TestRooms implements AutoCloseable {

    final InMemoryYStore store;
    final UpkeepCounts counts = new UpkeepCounts();
    final RoomDirectory rooms;
    final RoomGate gate;
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(4);

    TestRooms(InMemoryYStore store, SleepSettings sleep, DocRepair repair) {
        this.store = store;
        rooms = new RoomDirectory(new RoomServices(store.open(), PgStore.holder("test"), threads,
                threads, threads, Clock.systemUTC(), RoomSettings.DEFAULT.sleeping(sleep),
                (webspace, damage) -> { },
                new RoomUpkeep((webspace, branch) -> false, repair, counts)));
        rooms.start();
        gate = new RoomGate(rooms);
    }

    /** Writes one value to a webspace, whether its room is awake or not. */
    CompletionStage<WriteOutcome> put(WebspaceId webspace, List<String> path, Object value) {
        RoomWrite write = new RoomWrite("skill:test", "skill_projection",
                List.of(new BranchWrite.Put(path, value)), 10);
        return gate.find(webspace).thenCompose(place -> place.room().isPresent()
                ? gate.write(place.room().get(), write)
                : CompletableFuture.failedStage(new AssertionError(place.refusal())));
    }

    /** What a webspace shows. */
    Map<String, Object> document(WebspaceId webspace) {
        return got(got(rooms.room(webspace)).orElseThrow().state()).document();
    }

    static <T> T got(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
    }

    static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("it never happened");
            }
            Thread.sleep(5);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
