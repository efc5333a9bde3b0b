package io.adaos.hub.projection.room;

import static io.adaos.hub.projection.room.RoomFixture.got;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.projection.crdt.Doc;
import io.adaos.hub.projection.crdt.Portable;
import io.adaos.hub.projection.crdt.Transaction;
import io.adaos.hub.projection.crdt.YArray;
import io.adaos.hub.projection.crdt.YMap;
import io.adaos.hub.projection.crdt.YjsPeer;
import io.adaos.hub.projection.crdt.codec.MalformedUpdateException;
import io.adaos.hub.projection.crdt.id.StateVector;
import io.adaos.hub.projection.crdt.sync.ProtocolMessage;
import io.adaos.hub.projection.crdt.sync.SyncProtocol;
import io.adaos.hub.projection.crdt.sync.SyncStep2;
import io.adaos.hub.projection.crdt.sync.SyncUpdate;
import io.adaos.hub.projection.room.branch.BranchWrite;
import io.adaos.hub.projection.room.branch.RoomDocs;
import io.adaos.hub.projection.room.mailbox.RoomWrite;
import io.adaos.hub.projection.room.mailbox.WriteOutcome;
import io.adaos.hub.projection.room.member.FakeTransport;
import io.adaos.hub.projection.room.member.RoomMember;
import io.adaos.hub.projection.ystore.CompactionPolicy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A room that is overwritten for ever keeps its document in proportion to what it shows. */
class BoundedRoomTest {

    private static final int OPERATIONS = 200;
    private static final int SLOTS = 60;
    private static final int NUMBERS = 2_000;

    /** Ten millions are for the bench: -Droom.overwrites=10000000. */
    private static final int OVERWRITES = Integer.getInteger("room.overwrites", 200_000);
    private static final int CHECKPOINTS = 20;
    private static final int PER_WRITE = 10;

    /** A webspace takes 20 batches of operations a second at most. */
    private static final int MILLIS_A_WRITE = 5;
    private static final long HEAP_SLACK = 24 << 20;

    private final AtomicLong millis = new AtomicLong(1_700_000_000_000L);
    private final Random random = new Random(20_261_121);
    private RoomFixture rooms;

    /** A clock that the test moves. */
    private final class TestClock extends Clock {

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(millis.get());
        }
    }

    @BeforeEach
    void open() {
        rooms = new RoomFixture(
                new CompactionPolicy(1_000, 1 << 20), Duration.ZERO, new TestClock());
    }

    @AfterEach
    void close() {
        rooms.close();
    }

    /** An operation as operationview writes it. */
    private static Map<String, Object> operation(int index) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("operation_id", "op-0123456789abcdef" + index);
        members.put("kind", "skill.install");
        members.put("target_id", "weather_skill_" + index);
        members.put("status", "running");
        members.put("progress", 0);
        members.put("current_step", "download");
        members.put("message", "Fetching archive");
        members.put("created_at", "2026-11-21T14:00:00.000Z");
        members.put("updated_at", "2026-11-21T14:00:00.000Z");
        members.put("webspace_id", "desktop");
        members.put("node_id", "hub");
        members.put("revision", 1);
        members.put("scope", List.of("global", "skill:weather_skill_" + index));
        members.put("initiator", Map.of("kind", "user", "id", "u1"));
        members.put("can_retry", false);
        members.put("attempt", 1);
        return members;
    }

    private static List<String> operationPath(int index, String... below) {
        List<String> path = new ArrayList<>(
                List.of("runtime", "operations", "by_id", "op-" + index));
        path.addAll(List.of(below));
        return path;
    }

    /** Slots of a third each: right below a root, of a node, and the private one of a skill. */
    private static List<String> slotPath(int index) {
        return switch (index % 3) {
            case 0 -> List.of("data", "slot-" + index);
            case 1 -> List.of("data", "nodes", "hub", "slot-" + index, "current");
            default -> List.of("runtime", "skills", "skill-" + index, "status");
        };
    }

    private static Map<String, Object> slotValue(int number) {
        return Map.of("temp", number % 50, "wind", number % 7, "at", number, "ok", true,
                "text", "Partly cloudy");
    }

    private CompletionStage<WriteOutcome> fill(WebspaceRoom room) {
        List<BranchWrite> writes = new ArrayList<>();
        for (int i = 0; i < OPERATIONS; i++) {
            writes.add(new BranchWrite.Put(operationPath(i), operation(i)));
        }
        for (int i = 0; i < SLOTS; i++) {
            writes.add(new BranchWrite.Put(slotPath(i), slotValue(i)));
        }
        return room.write(new RoomWrite("core:operationview", "operation_view", writes, 10));
    }

    private BranchWrite overwrite(int number) {
        int operation = random.nextInt(OPERATIONS);
        return switch (number % 4) {
            case 0 -> new BranchWrite.Put(
                    operationPath(operation, "progress"), random.nextInt(100));
            case 1 -> new BranchWrite.Put(operationPath(operation, "revision"), number);
            case 2 -> new BranchWrite.Put(operationPath(operation, "updated_at"),
                    "2026-11-21T14:00:00." + number);
            default -> new BranchWrite.Put(slotPath(random.nextInt(SLOTS)), slotValue(number));
        };
    }

    /** Writes so many leaves, some writes under way at a time. */
    private void overwrite(WebspaceRoom room, int from, int count) {
        List<CompletionStage<WriteOutcome>> underWay = new ArrayList<>();
        for (int done = 0; done < count; done += PER_WRITE) {
            List<BranchWrite> writes = new ArrayList<>();
            for (int i = 0; i < PER_WRITE; i++) {
                writes.add(overwrite(from + done + i));
            }
            millis.addAndGet(MILLIS_A_WRITE);
            underWay.add(room.write(
                    new RoomWrite("core:operationview", "operation_view", writes, 10)));
            if (underWay.size() == 20) {
                underWay.forEach(RoomFixture::got);
                underWay.clear();
            }
        }
        underWay.forEach(RoomFixture::got);
    }

    /** The updates in what a socket was sent. */
    private static List<byte[]> updates(List<byte[]> frames) {
        List<byte[]> updates = new ArrayList<>();
        try {
            for (byte[] frame : frames) {
                ProtocolMessage message = SyncProtocol.decode(frame);
                if (message instanceof SyncStep2 step) {
                    updates.add(step.update());
                } else if (message instanceof SyncUpdate update) {
                    updates.add(update.update());
                }
            }
        } catch (MalformedUpdateException e) {
            throw new AssertionError(e);
        }
        return updates;
    }

    /** The whole document, as a client gets it that knows nothing. */
    private static byte[] encoded(WebspaceRoom room) {
        FakeTransport socket = new FakeTransport();
        RoomMember member = RoomFixture.member(socket);
        room.join(member);
        room.answerStep1(member, StateVector.EMPTY);
        got(room.state());
        room.leave(member);
        return updates(socket.sent()).get(0);
    }

    /** Bytes of a new document with the same content in the same forms. */
    private static int liveBytes(byte[] encoded) {
        Doc shown = RoomDocs.empty(1);
        Doc fresh = new Doc(1_000_000_000);
        try {
            shown.apply(encoded, "test");
        } catch (MalformedUpdateException e) {
            throw new AssertionError(e);
        }
        fresh.transact("copy", transaction -> BranchWrite.ROOTS.forEach(root ->
                copy(transaction, shown.getMap(root), fresh.getMap(root))));
        return fresh.encodeStateAsUpdate().length;
    }

    private static void copy(Transaction transaction, YMap from, YMap into) {
        for (String key : from.keys()) {
            Object value = from.get(key);
            if (value instanceof YMap nested) {
                copy(transaction, nested, into.setMap(transaction, key));
            } else if (value instanceof YArray list) {
                into.setArray(transaction, key).pushAll(transaction, list.toList());
            } else {
                into.set(transaction, key, value);
            }
        }
    }

    private static long usedHeap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    @Test
    void overwrites_ofOperationsAndSlots_leaveTheDocumentWithinTwiceItsContent() {
        try (YjsPeer yjs = new YjsPeer()) {
            // Given
            WebspaceRoom room = rooms.room();
            RoomFixture.generation(got(fill(room)));
            int part = OVERWRITES / CHECKPOINTS;
            overwrite(room, 0, part);
            FakeTransport early = new FakeTransport();
            RoomMember client = RoomFixture.member(early);
            room.join(client);
            room.answerStep1(client, StateVector.EMPTY);
            yjs.run("docs.early = new Y.Doc();");
            int heard = 0;
            long heapBefore = usedHeap();
            double worst = 0;

            // When
            for (int checkpoint = 1; checkpoint < CHECKPOINTS; checkpoint++) {
                overwrite(room, checkpoint * part, part);
                byte[] encoded = encoded(room);
                worst = Math.max(worst, (double) encoded.length / liveBytes(encoded));
                if (checkpoint == 3) {
                    List<byte[]> sent = updates(early.sent());
                    heard = sent.size();
                    sent.forEach(update -> yjs.apply("early", update));
                    room.leave(client);
                }
            }

            // Then: a client of an earlier moment catches up, and history stayed in its bounds
            byte[] encoded = encoded(room);
            double last = (double) encoded.length / liveBytes(encoded);
            long heap = usedHeap() - heapBefore;
            System.out.printf("%d overwrites: largest %.2f x its content, last %.2f x of %d bytes,"
                    + " %d rotations of %d branches and %d bytes, heap %+d bytes%n", OVERWRITES,
                    worst, last, encoded.length, rooms.counts.rotations(),
                    rooms.counts.rotatedBranches(), rooms.counts.rotatedBytes(), heap);
            yjs.apply("early", encoded);
            Map<String, Object> shown = got(room.state()).document();
            for (String root : List.of("data", "runtime")) {
                assertEquals(Portable.of(shown.get(root)), Portable.of(
                        yjs.run("return docs.early.getMap('" + root + "').toJSON()")));
            }
            assertTrue(heard > 10);
            assertTrue(rooms.counts.rotations() > 10);
            assertTrue(worst <= 2, "worst " + worst);
            assertTrue(heap < HEAP_SLACK, "heap " + heap);
        }
    }

    /** The smallest content there is for so much history: 2,000 numbers and nothing else. */
    @Test
    void overwrites_ofNumbersAlone_leaveTheDocumentNearTwiceItsContent() {
        // Given
        WebspaceRoom room = rooms.room();
        List<BranchWrite> all = new ArrayList<>();
        for (int i = 0; i < NUMBERS; i++) {
            all.add(counter(i, 0));
        }
        RoomFixture.generation(got(room.write(
                new RoomWrite("core:test", "core_rebuild", all, 10))));
        double worst = 0;

        // When
        for (int write = 1; write <= 6_000; write++) {
            List<BranchWrite> some = new ArrayList<>();
            for (int i = 0; i < PER_WRITE; i++) {
                some.add(counter(random.nextInt(NUMBERS), write));
            }
            millis.addAndGet(MILLIS_A_WRITE);
            got(room.write(new RoomWrite("core:test", "core_rebuild", some, 10)));
            if (write % 100 == 0) {
                byte[] encoded = encoded(room);
                worst = Math.max(worst, (double) encoded.length / liveBytes(encoded));
            }
        }

        // Then
        System.out.printf("numbers alone: largest %.2f x its content, %d rotations%n",
                worst, rooms.counts.rotations());
        assertTrue(worst <= 2.25, "worst " + worst);
    }

    private static BranchWrite counter(int index, int value) {
        return new BranchWrite.Put(List.of("data", "s" + index / 10, "c" + index % 10), value);
    }
}
