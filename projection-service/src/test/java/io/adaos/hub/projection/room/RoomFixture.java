package io.adaos.hub.projection.room;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.crdt.Doc;
import io.adaos.hub.projection.crdt.codec.MalformedUpdateException;
import io.adaos.hub.projection.crdt.sync.ProtocolMessage;
import io.adaos.hub.projection.crdt.sync.SyncProtocol;
import io.adaos.hub.projection.crdt.sync.SyncStep2;
import io.adaos.hub.projection.crdt.sync.SyncUpdate;
import io.adaos.hub.projection.room.branch.BranchWrite;
import io.adaos.hub.projection.room.branch.RoomDocs;
import io.adaos.hub.projection.room.mailbox.MailboxLimits;
import io.adaos.hub.projection.room.mailbox.RoomWrite;
import io.adaos.hub.projection.room.mailbox.WriteOutcome;
import io.adaos.hub.projection.room.member.FakeTransport;
import io.adaos.hub.projection.room.member.MemberLimits;
import io.adaos.hub.projection.room.member.RoomMember;
import io.adaos.hub.projection.room.upkeep.DirectPaths;
import io.adaos.hub.projection.room.upkeep.DocRepair;
import io.adaos.hub.projection.room.upkeep.RoomUpkeep;
import io.adaos.hub.projection.room.upkeep.SleepSettings;
import io.adaos.hub.projection.room.upkeep.UpkeepCounts;
import io.adaos.hub.projection.ystore.CompactionPolicy;
import io.adaos.hub.projection.ystore.InMemoryYStore;
import io.adaos.hub.projection.ystore.PgStore;
import io.adaos.hub.projection.ystore.YStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Rooms over a store in memory that can be mistreated. */
public final class RoomFixture implements AutoCloseable {

    public final InMemoryYStore store = new InMemoryYStore();
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(3);
    private final CompactionPolicy compaction;
    private final Duration gatherWindow;
    private final Clock clock;
    final UpkeepCounts counts = new UpkeepCounts();
    final List<WebspaceId> told = new CopyOnWriteArrayList<>();
    volatile DocRepair repair = roots -> List.of();
    volatile DirectPaths directPaths = (webspace, branch) -> false;
    private RoomDirectory directory;

    public RoomFixture() {
        this(new CompactionPolicy(1_000, 1 << 20));
    }

    RoomFixture(CompactionPolicy compaction) {
        this(compaction, Duration.ZERO);
    }

    RoomFixture(CompactionPolicy compaction, Duration gatherWindow) {
        this(compaction, gatherWindow, Clock.systemUTC());
    }

    RoomFixture(CompactionPolicy compaction, Duration gatherWindow, Clock clock) {
        this.compaction = compaction;
        this.gatherWindow = gatherWindow;
        this.clock = clock;
        restart();
    }

    /** A new process: all rooms of the old one are forgotten. */
    void restart() {
        directory = directoryOver(store.open());
    }

    /** The rooms of a process over another store. */
    RoomDirectory directoryOver(YStore other) {
        RoomDirectory made = new RoomDirectory(new RoomServices(
                other, PgStore.holder("test"), timer, timer, timer,
                clock, new RoomSettings(
                        new MailboxLimits(8, 1_000, 16, 1_000), compaction,
                        Duration.ofMillis(10), Duration.ofMillis(40),
                        Duration.ofSeconds(2), Duration.ofSeconds(20), gatherWindow,
                        SleepSettings.DEFAULT),
                (webspace, damage) -> told.add(webspace),
                new RoomUpkeep((webspace, branch) ->
                        directPaths.mayBeWritten(webspace, branch),
                        roots -> repair.plan(roots), counts)));
        made.keepLeases();
        return made;
    }

    public RoomDirectory directory() {
        return directory;
    }

    public WebspaceRoom room() {
        return got(directory.room(WebspaceId.DESKTOP)).orElseThrow();
    }

    static CompletionStage<WriteOutcome> put(WebspaceRoom room, String key, Object value) {
        return put(room, "core:test", key, value);
    }

    static CompletionStage<WriteOutcome> put(
            WebspaceRoom room, String owner, String key, Object value) {
        return room.write(new RoomWrite(owner, "test",
                List.of(new BranchWrite.Put(List.of("data", key), value)), 10));
    }

    static RoomMember member(FakeTransport socket) {
        return new RoomMember(socket, MemberLimits.DEFAULT, false, Clock.systemUTC());
    }

    static RoomMember acknowledging(FakeTransport socket) {
        return new RoomMember(socket, MemberLimits.DEFAULT, true, Clock.systemUTC());
    }

    /** The document of a reader that got these frames. */
    static Doc read(List<byte[]> frames) {
        Doc doc = RoomDocs.empty(1);
        try {
            for (byte[] frame : frames) {
                ProtocolMessage message = SyncProtocol.decode(frame);
                if (message instanceof SyncStep2 step) {
                    doc.apply(step.update(), "test");
                } else if (message instanceof SyncUpdate update) {
                    doc.apply(update.update(), "test");
                }
            }
        } catch (MalformedUpdateException e) {
            throw new AssertionError(e);
        }
        return doc;
    }

    static long generation(WriteOutcome outcome) {
        return assertInstanceOf(WriteOutcome.Applied.class, outcome).generation();
    }

    public static <T> T got(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
