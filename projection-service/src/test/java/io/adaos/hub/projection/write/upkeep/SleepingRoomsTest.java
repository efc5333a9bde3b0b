package io.adaos.hub.projection.write.upkeep;

import static io.adaos.hub.projection.write.upkeep.TestRooms.await;
import static io.adaos.hub.projection.write.upkeep.TestRooms.got;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.crdt.Doc;
import io.adaos.hub.projection.crdt.codec.MalformedUpdateException;
import io.adaos.hub.projection.room.WebspaceRoom;
import io.adaos.hub.projection.room.mailbox.WriteOutcome;
import io.adaos.hub.projection.room.member.FakeTransport;
import io.adaos.hub.projection.room.member.MemberLimits;
import io.adaos.hub.projection.room.member.RoomMember;
import io.adaos.hub.projection.room.upkeep.SleepSettings;
import io.adaos.hub.projection.ystore.InMemoryYStore;
import io.adaos.hub.projection.ystore.LogRow;
import io.adaos.hub.projection.ystore.PgStore;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rooms sleep when nobody uses them, and nobody notices. */
class SleepingRoomsTest {

    private static final WebspaceId DESKTOP = WebspaceId.DESKTOP;
    private static final List<String> PLACE = List.of("data", "test", "value");

    private static TestRooms rooms(int afterMillis, int roomsMax) {
        return new TestRooms(new InMemoryYStore(),
                new SleepSettings(Duration.ofMillis(afterMillis), roomsMax), roots -> List.of());
    }

    private static Object value(Map<String, Object> document) {
        return ((Map<?, ?>) ((Map<?, ?>) document.get("data")).get("test")).get("value");
    }

    private static boolean isLive(TestRooms rooms, WebspaceId webspace) {
        return rooms.rooms.live(webspace).isPresent();
    }

    @Test
    void room_thatNobodyUses_sleepsAndWakesAsItWas() throws InterruptedException {
        try (TestRooms rooms = rooms(100, 8)) {
            // Given
            got(rooms.put(DESKTOP, PLACE, "kept"));

            // When
            await(() -> rooms.counts.sleeps() == 1);
            boolean wasLive = isLive(rooms, DESKTOP);
            Object leaseOfAnother = got(rooms.store.open()
                    .acquire(DESKTOP, PgStore.fleeting("other"))).orElseThrow();
            rooms.store.expire(DESKTOP);
            Object found = value(rooms.document(DESKTOP));
            WriteOutcome next = got(rooms.put(DESKTOP, PLACE, "next"));

            // Then
            assertFalse(wasLive);
            assertTrue(leaseOfAnother.toString().contains("desktop"));
            assertEquals("kept", found);
            assertEquals(2, assertInstanceOf(WriteOutcome.Applied.class, next).generation());
        }
    }

    @Test
    void room_withASocket_staysAwakeUntilItHasLeft() throws InterruptedException {
        try (TestRooms rooms = rooms(1_000, 8)) {
            // Given
            WebspaceRoom room = got(rooms.rooms.room(DESKTOP)).orElseThrow();
            FakeTransport socket = new FakeTransport();
            RoomMember member =
                    new RoomMember(socket, MemberLimits.DEFAULT, false, Clock.systemUTC());
            room.join(member);
            got(room.state());

            // When
            Thread.sleep(2_500);
            boolean stayed = isLive(rooms, DESKTOP) && socket.closed().isEmpty();
            room.leave(member);
            await(() -> !isLive(rooms, DESKTOP));

            // Then
            assertTrue(stayed);
            assertEquals(1, rooms.counts.opens());
        }
    }

    @Test
    void whatWaitsElsewhere_isWrittenBeforeTheRoomSleeps() throws InterruptedException {
        try (TestRooms rooms = rooms(50, 8)) {
            // Given
            AtomicBoolean waits = new AtomicBoolean(true);
            rooms.rooms.beforeSleep(webspace -> waits.getAndSet(false)
                    ? rooms.put(webspace, PLACE, "late").thenAccept(outcome -> { })
                    : CompletableFuture.completedStage(null));
            got(rooms.put(DESKTOP, PLACE, "early"));

            // When
            await(() -> rooms.counts.sleeps() == 1);

            // Then
            assertFalse(waits.get());
            assertEquals("late", value(rooms.document(DESKTOP)));
        }
    }

    @Test
    void manyWebspaces_withFewLiveRooms_areAllWritten() throws InterruptedException {
        try (TestRooms rooms = rooms(60_000, 8)) {
            // Given
            List<WebspaceId> webspaces = IntStream.range(0, 999)
                    .mapToObj(i -> new WebspaceId("space-" + i)).toList();
            webspaces.forEach(webspace -> got(rooms.rooms.create(webspace, "core:test")));
            long most = 0;

            // When
            for (int round = 1; round <= 2; round++) {
                List<CompletionStage<WriteOutcome>> answers = new ArrayList<>();
                for (WebspaceId webspace : webspaces) {
                    answers.add(rooms.put(webspace, PLACE, round));
                }
                while (!answers.stream().allMatch(each -> each.toCompletableFuture().isDone())) {
                    most = Math.max(most, rooms.counts.opens() - rooms.counts.sleeps());
                    Thread.sleep(1);
                }
                for (CompletionStage<WriteOutcome> answer : answers) {
                    assertEquals(round, assertInstanceOf(
                            WriteOutcome.Applied.class, got(answer)).generation());
                }
            }
            await(() -> rooms.counts.opens() - rooms.counts.sleeps() <= 8);

            // Then
            System.out.printf("999 webspaces written twice: %d rooms opened, %d live at most%n",
                    rooms.counts.opens(), most);
            assertTrue(most < 300, most + " rooms were live");
            assertEquals(2L, value(rooms.document(webspaces.get(500))));
        }
    }

    @Test
    void writes_whileRoomsFallAsleepAllTheTime_areAllApplied() throws InterruptedException {
        try (TestRooms rooms = rooms(2, 8)) {
            // Given
            int writes = 3_000;
            long generation = 0;

            // When
            for (int i = 1; i <= writes; i++) {
                WriteOutcome outcome = got(rooms.put(DESKTOP, PLACE, i));
                generation = assertInstanceOf(WriteOutcome.Applied.class, outcome).generation();
                if (i % 100 == 0) {
                    await(() -> !isLive(rooms, DESKTOP));
                } else if (i % 20 == 0) {
                    Thread.sleep(2);
                }
            }

            // Then
            assertEquals(writes, generation);
            assertEquals((long) writes, value(rooms.document(DESKTOP)));
            assertTrue(rooms.counts.sleeps() > 20, rooms.counts.sleeps() + " times asleep");
        }
    }

    @Test
    void room_thatSleepsAndWakesOften_leavesNoMoreBehindThanOneThatIsAwake()
            throws InterruptedException {
        try (TestRooms rooms = rooms(5, 8)) {
            // Given
            for (int i = 0; i < 15; i++) {
                got(rooms.put(DESKTOP, List.of("data", "slot"), i));
                got(rooms.put(DESKTOP, PLACE, i));
            }
            long clients = clients(rooms);
            int sleeps = 25;

            // When
            for (int i = 1; i <= sleeps; i++) {
                await(() -> !isLive(rooms, DESKTOP));
                for (int write = 0; write < 12; write++) {
                    got(rooms.put(DESKTOP, List.of("data", "slot"), i * 100 + write));
                    got(rooms.put(DESKTOP, PLACE, i * 100 + write));
                }
            }

            // Then
            await(() -> rooms.counts.sleeps() >= sleeps);
            assertEquals(clients, clients(rooms));
            assertEquals(2_511L, value(rooms.document(DESKTOP)));
            assertEquals(1, got(rooms.store.clientIds(DESKTOP)).size());
        }
    }

    /** How many clients have written the document, as its log tells a new process. */
    private static long clients(TestRooms rooms) {
        Doc doc = new Doc(1);
        try {
            for (LogRow row : got(rooms.store.readAfter(DESKTOP, 0))) {
                doc.apply(row.payload(), "test");
            }
        } catch (MalformedUpdateException e) {
            throw new AssertionError(e);
        }
        return doc.stateVector().entries().values().stream().filter(clock -> clock > 0).count();
    }
}
