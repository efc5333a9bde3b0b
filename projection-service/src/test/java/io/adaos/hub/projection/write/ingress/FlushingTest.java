package io.adaos.hub.projection.write.ingress;

import static io.adaos.hub.projection.room.RoomFixture.got;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.id.NodeId;
import io.adaos.hub.contracts.id.OwnerId;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.contracts.rules.ProjectionRule;
import io.adaos.hub.projection.governance.GovernanceDecision;
import io.adaos.hub.projection.governance.GovernanceSettings;
import io.adaos.hub.projection.governance.Settlement;
import io.adaos.hub.projection.governance.WriteGovernor;
import io.adaos.hub.projection.governance.evidence.EvidenceLine;
import io.adaos.hub.projection.governance.evidence.OwnerKey;
import io.adaos.hub.projection.governance.evidence.Verdict;
import io.adaos.hub.projection.governance.evidence.WriteAttempt;
import io.adaos.hub.projection.governance.evidence.WriteCause;
import io.adaos.hub.projection.governance.evidence.WriteCounters;
import io.adaos.hub.projection.governance.evidence.WriteOrigin;
import io.adaos.hub.projection.governance.evidence.WriteReason;
import io.adaos.hub.projection.governance.pressure.PressureThresholds;
import io.adaos.hub.projection.governance.pressure.PressureThresholds.Rate;
import io.adaos.hub.projection.room.RoomFixture;
import io.adaos.hub.projection.room.WebspaceRoom;
import io.adaos.hub.projection.room.branch.BranchWrite;
import io.adaos.hub.projection.room.mailbox.RoomWrite;
import io.adaos.hub.projection.room.mailbox.WriteOutcome;
import io.adaos.hub.projection.room.member.CloseReason;
import io.adaos.hub.projection.rules.RuleBook;
import io.adaos.hub.projection.rules.RuleBooks;
import io.adaos.hub.projection.rules.RuleQuery;
import io.adaos.hub.projection.ystore.PgStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What waits is written in the end, whatever happens on the way. */
class FlushingTest {

    private static final OwnerId OWNER = new OwnerId("skill:weather");
    private static final OwnerKey KEY = OwnerKey.of(WebspaceId.DESKTOP, OWNER);
    private static final ProjectionRule[] RULES = RuleBooks.rules("weather=data/weather/now");

    /** The second write within five seconds waits. */
    private static final PressureThresholds TIGHT = new PressureThresholds(
            new Rate(1e6, 2e6, 3e6), new Rate(0.1, 0.4, 100), Duration.ofMillis(10));

    private final RoomFixture rooms = new RoomFixture();
    private final WriteGovernor governor =
            new WriteGovernor(GovernanceSettings.DEFAULT, owner -> TIGHT);
    private final AtomicLong now = new AtomicLong(1_000_000);
    private final RoomGate gate = new RoomGate(rooms.directory());
    private volatile RuleBook book = RuleBooks.of(RuleBooks.skill("weather", 1, RULES));
    private volatile boolean rulesAway;
    private final Flushing flushing =
            new Flushing(governor, this::rules, gate, now::get);

    @AfterEach
    void close() {
        rooms.close();
    }

    @Test
    void flushThatFails_isSettled_andTriedAgain() {
        // Given
        CompletableFuture<WriteEnd> end = defer("late");
        rulesAway = true;

        // When
        pass();
        WriteCounters failed = counters();
        rulesAway = false;
        pass();

        // Then
        assertEquals(1, failed.pending());
        assertInstanceOf(WriteEnd.Applied.class, got(end));
        assertShown("late");
    }

    @Test
    void flush_whileTheLogCannotBeWritten_isTriedAgain() {
        // Given
        CompletableFuture<WriteEnd> end = defer("late");
        rooms.store.failing(true);
        rooms.room().write(put("data/other/x"));
        await().until(() -> !rooms.room().health().logAvailable());

        // When
        pass();
        await().until(() -> governor.nextFlushAt() < Long.MAX_VALUE);
        boolean wasDone = end.isDone();
        rooms.store.failing(false);
        await().until(() -> rooms.room().health().logAvailable());
        pass();

        // Then
        assertFalse(wasDone);
        assertInstanceOf(WriteEnd.Applied.class, got(end));
        assertShown("late");
    }

    @Test
    void flush_whenTheOwnersQueueIsFull_isTriedAgain() {
        // Given
        CompletableFuture<WriteEnd> end = defer("late");
        WebspaceRoom room = rooms.room();
        rooms.store.hold();
        room.write(put("data/other/x"));
        await().until(() -> rooms.store.held() == 1);
        for (int i = 0; i < 8; i++) {
            room.write(new RoomWrite(OWNER.value(), "test",
                    List.of(new BranchWrite.Put(List.of("data", "other", "k" + i), i)), 10));
        }

        // When
        pass();
        boolean wasDone = end.isDone();
        rooms.store.release();
        await().until(() -> got(room.state()).document().get("data").toString().contains("k7"));
        pass();

        // Then
        assertFalse(wasDone);
        assertInstanceOf(WriteEnd.Applied.class, got(end));
        assertShown("late");
    }

    @Test
    void drain_writesAllThatWaits_beforeItsTime() {
        // Given
        CompletableFuture<WriteEnd> end = defer("last words");

        // When
        got(flushing.drain());

        // Then
        assertInstanceOf(WriteEnd.Applied.class, end.join());
        assertShown("last words");
        assertEquals(0, counters().pending());
    }

    @Test
    void pendingWhoseRuleWasWithdrawn_isRefused_andToldAsSuch() {
        // Given
        CompletableFuture<WriteEnd> end = defer("late");
        governor.evidence().tell(now.get());
        book = RuleBooks.of(RuleBooks.skill("weather", 1));

        // When
        pass();

        // Then
        assertInstanceOf(WriteEnd.Refused.class, got(end));
        await().until(() -> counters().pending() == 0);
        EvidenceLine line = governor.evidence().tell(now.get() + 1_000).get(0);
        assertEquals(Verdict.PENDING_REFUSED, line.verdict());
        assertEquals(WriteReason.PATH_NOT_ALLOWED, line.last().reason());
    }

    @Test
    void pending_isWritten_whenOnlyWeOwnedTheWebspaceMeanwhile() {
        // Given
        CompletableFuture<WriteEnd> end = defer("late");
        reopen();

        // When
        pass();

        // Then
        assertInstanceOf(WriteEnd.Applied.class, got(end));
        assertShown("late");
    }

    @Test
    void pending_isRefused_whenAnotherReplicaOwnedTheWebspaceMeanwhile() {
        // Given
        CompletableFuture<WriteEnd> end = defer("outdated");
        rooms.room().close(CloseReason.RESTART);
        rooms.store.expire(WebspaceId.DESKTOP);
        got(rooms.store.open().acquire(WebspaceId.DESKTOP, PgStore.fleeting("other")));
        rooms.store.expire(WebspaceId.DESKTOP);

        // When
        pass();

        // Then
        WriteEnd.Refused refused = assertInstanceOf(WriteEnd.Refused.class, got(end));
        assertEquals(HubErrorCode.NOT_OWNER, refused.refusal().code());
        await().until(() -> counters().pending() == 0);
    }

    @Test
    void write_toARoomThatHasEnded_goesToTheNextOne() {
        // Given
        WebspaceRoom ended = rooms.room();
        reopen();

        // When
        WriteOutcome outcome = got(gate.write(ended, put("data/other/x")));

        // Then
        assertInstanceOf(WriteOutcome.Applied.class, outcome);
        assertEquals(Map.of("x", "v"), ((Map<?, ?>) got(rooms.room().state()).document()
                .get("data")).get("other"));
    }

    private long epoch() {
        return rooms.room().tenure().lease().epoch();
    }

    private void reopen() {
        WebspaceRoom ended = rooms.room();
        ended.close(CloseReason.RESTART);
        await().until(() -> rooms.room() != ended);
    }

    private RuleBook rules() {
        if (rulesAway) {
            throw new IllegalStateException("no rules");
        }
        return book;
    }

    /** Writes twice, so that the second one waits. */
    private CompletableFuture<WriteEnd> defer(String value) {
        GovernanceDecision first = judge("first", new CompletableFuture<>());
        governor.settled(((GovernanceDecision.Permit) first).ticket(),
                new Settlement.Applied(9, 1), now.get());
        CompletableFuture<WriteEnd> end = new CompletableFuture<>();
        assertInstanceOf(GovernanceDecision.Throttle.class, judge(value, end));
        return end;
    }

    private GovernanceDecision judge(String value, CompletableFuture<WriteEnd> end) {
        List<String> path = List.of("data", "weather", "now");
        DeclaredWrite write = new DeclaredWrite(new RuleQuery(Optional.of(WebspaceId.DESKTOP),
                "webspace", "weather", NodeId.HUB, Optional.empty()), RULES[0],
                new BranchWrite.Put(path, value), value.length() + 2, 0);
        return governor.judge(WriteAttempt.governed(KEY, write.path(),
                new WriteAttempt.Value(write.bytes(), 0), new WriteOrigin(
                        WriteCause.SKILL_PROJECTION, "test", "test", "", 0)),
                new PendingWrite(write, epoch(), end), now.get());
    }

    /** Lets what is due go, and waits until no flush is under way. */
    private void pass() {
        now.addAndGet(50);
        flushing.flushDue();
        await().until(() -> counters().pending() == 0
                || governor.nextFlushAt() < Long.MAX_VALUE);
    }

    private static RoomWrite put(String path) {
        return new RoomWrite("core:test", "test",
                List.of(new BranchWrite.Put(List.of(path.split("/")), "v")), 10);
    }

    private WriteCounters counters() {
        return governor.rows(now.get()).get(0).counters();
    }

    private void assertShown(String value) {
        Map<?, ?> data = (Map<?, ?>) got(rooms.room().state()).document().get("data");
        assertEquals(Map.of("now", value), data.get("weather"));
    }
}
