package io.adaos.hub.operations.lifecycle.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.id.NodeId;
import io.adaos.hub.contracts.id.OperationId;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.contracts.operation.Initiator;
import io.adaos.hub.contracts.operation.OperationError;
import io.adaos.hub.contracts.operation.OperationInput;
import io.adaos.hub.contracts.operation.OperationKind;
import io.adaos.hub.contracts.operation.OperationState;
import io.adaos.hub.contracts.operation.OperationStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class OperationTransitionsTest {

    private static final Instant START = Instant.parse("2026-04-07T12:00:00Z");
    private static final Instant LATER = START.plusSeconds(7);
    private static final Initiator ANNA = new Initiator("user", "anna");
    private static final OperationError ERROR =
            new OperationError("broken", "It broke", "Mend it", true);

    /** Answered just in time at LATER, expired at LATEST. */
    private static final OperationInput INPUT = new OperationInput("Which?",
            List.of(new OperationInput.Choice("keep", "Keep")), LATER.plusSeconds(1));
    private static final Instant LATEST = LATER.plusSeconds(1);

    /** One of each event; the table below names what it leads to from every status. */
    private static final Map<String, OperationEvent> EVENTS = new LinkedHashMap<>();

    static {
        EVENTS.put("promoted", new OperationEvent.Promoted());
        EVENTS.put("started", new OperationEvent.Started());
        EVENTS.put("progressed", new OperationEvent.Progressed(40, "fetch", "Fetching", true));
        EVENTS.put("postponed", new OperationEvent.Postponed("Away"));
        EVENTS.put("parked", new OperationEvent.Parked("Waiting"));
        EVENTS.put("input_requested",
                new OperationEvent.InputRequested(INPUT, new Question("which", null)));
        EVENTS.put("input_given", new OperationEvent.InputGiven("keep", ANNA));
        EVENTS.put("input_expired", new OperationEvent.InputExpired(Optional.of("keep")));
        EVENTS.put("input_expired_for_good", new OperationEvent.InputExpired(Optional.empty()));
        EVENTS.put("cancel_requested", new OperationEvent.CancelRequested(ANNA));
        EVENTS.put("cancel_completed", new OperationEvent.CancelCompleted());
        EVENTS.put("succeeded", new OperationEvent.Succeeded("Done", Map.of("a", 1)));
        EVENTS.put("failed", new OperationEvent.Failed(ERROR));
        EVENTS.put("interrupted", new OperationEvent.Interrupted(ERROR));
        EVENTS.put("retry_linked", new OperationEvent.RetryLinked());
    }

    private static final Map<String, OperationStatus> CODES = Map.of(
            "AC", OperationStatus.ACCEPTED, "QU", OperationStatus.QUEUED,
            "RU", OperationStatus.RUNNING, "WA", OperationStatus.WAITING_INPUT,
            "CG", OperationStatus.CANCELLING, "SU", OperationStatus.SUCCEEDED,
            "FA", OperationStatus.FAILED, "CD", OperationStatus.CANCELLED,
            "RE", OperationStatus.RECOVERABLE);

    /**
     * Rows are statuses, columns the events in the order above; {@code -} is a refusal,
     * {@code =} says that it is so already.
     */
    private static final String TABLE = """
            AC  -   RU  -   -   -   -   -   -   -   CD  -   -   FA  RE  -
            QU  AC  -   -   -   -   -   -   -   -   CD  -   -   FA  -   -
            RU  -   RU  RU  RU  RU  WA  -   -   -   CG  -   SU  FA  RE  -
            WA  -   -   -   -   -   -   RU  RU  FA  CG  -   -   FA  RE  -
            CG  -   -   -   -   CG  -   -   -   -   =   CD  -   FA  RE  -
            SU  -   -   -   -   -   -   -   -   -   -   -   -   -   -   -
            FA  -   -   -   -   -   -   -   -   -   -   -   -   -   -   FA
            CD  -   -   -   -   -   -   -   -   -   -   -   -   -   -   CD
            RE  -   -   -   -   -   -   -   -   -   -   -   -   -   -   RE
            """;

    static Stream<Arguments> everyPair() {
        List<Arguments> pairs = new ArrayList<>();
        for (String line : TABLE.lines().toList()) {
            String[] cells = line.strip().split("\\s+");
            int column = 1;
            for (String event : EVENTS.keySet()) {
                pairs.add(Arguments.of(CODES.get(cells[0]), event, cells[column++]));
            }
        }
        return pairs.stream();
    }

    @Test
    void table_hasEveryStatusAndEveryKindOfEvent() {
        // Given
        long kindsOfEvent = OperationEvent.class.getPermittedSubclasses().length;

        // When
        long pairs = everyPair().count();

        // Then
        assertEquals(kindsOfEvent,
                EVENTS.values().stream().map(Object::getClass).distinct().count());
        assertEquals((long) OperationStatus.values().length * EVENTS.size(), pairs);
    }

    @ParameterizedTest(name = "{0} + {1} = {2}")
    @MethodSource("everyPair")
    void everyPair_leadsWhereTheTableSays(OperationStatus from, String event, String expected) {
        // Given
        OperationState before = state(from, true);

        // When
        Transition verdict = OperationTransitions.apply(
                before, EVENTS.get(event), event.startsWith("input_expired") ? LATEST : LATER);

        // Then
        if (expected.equals("-")) {
            assertEquals(before, ((Transition.Refused) verdict).state());
        } else if (expected.equals("=")) {
            assertEquals(new Transition.Unchanged(before), verdict);
        } else {
            OperationState after = ((Transition.Moved) verdict).state();
            assertEquals(CODES.get(expected), after.status());
            assertInvariants(before, after);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ACCEPTED", "QUEUED", "RUNNING"})
    void cancelTwice_neverUndoesTheFirst(OperationStatus from) {
        // Given
        OperationState once = moved(state(from, true), "cancel_requested");

        // When
        Transition twice =
                OperationTransitions.apply(once, EVENTS.get("cancel_requested"), LATER);

        // Then
        assertFalse(twice instanceof Transition.Moved);
    }

    @Test
    void cancel_ofAStepThatCannotBeCancelled_namesTheStep() {
        // Given
        OperationState activating = moved(state(OperationStatus.RUNNING, true),
                new OperationEvent.Progressed(88, "activate", "Activating", false));

        // When
        Transition verdict =
                OperationTransitions.apply(activating, EVENTS.get("cancel_requested"), LATER);

        // Then
        Transition.Refused refused = (Transition.Refused) verdict;
        assertEquals(HubErrorCode.OPERATION_NOT_CANCELLABLE, refused.code());
        assertTrue(refused.detail().contains("activate"));
    }

    @Test
    void progress_neverGoesDown_andTheSameWordsChangeNothing() {
        // Given
        OperationState forty = moved(state(OperationStatus.RUNNING, true), "progressed");

        // When
        OperationState lower = moved(forty,
                new OperationEvent.Progressed(5, "prepare", "Preparing again", true));
        Transition same = OperationTransitions.apply(forty, EVENTS.get("progressed"), LATER);

        // Then
        assertEquals(40, lower.progress());
        assertEquals("prepare", lower.currentStep());
        assertEquals(new Transition.Unchanged(forty), same);
    }

    @Test
    void success_isCompleteAndCannotBeRetried() {
        // Given
        OperationState running = state(OperationStatus.RUNNING, true);

        // When
        OperationState done = moved(running, "succeeded");

        // Then
        assertEquals(100, done.progress());
        assertEquals(Map.of("a", 1), done.result());
        assertFalse(done.canCancel() || done.canRetry());
        assertEquals(HubErrorCode.OPERATION_NOT_RETRYABLE, ((Transition.Refused)
                OperationTransitions.apply(done, EVENTS.get("retry_linked"), LATER)).code());
    }

    @ParameterizedTest
    @EnumSource(names = {"FAILED", "CANCELLED", "RECOVERABLE"})
    void retryLinked_happensOnce(OperationStatus ended) {
        // Given
        OperationState linked = moved(state(ended, true), "retry_linked");

        // When
        Transition again = OperationTransitions.apply(linked, EVENTS.get("retry_linked"), LATER);

        // Then
        assertFalse(linked.canRetry());
        assertEquals(HubErrorCode.OPERATION_NOT_RETRYABLE, ((Transition.Refused) again).code());
    }

    @Test
    void anySequenceOfEvents_endsAtMostOnce() {
        // Given: every walk of up to five events from the beginning
        List<OperationState> reached = List.of(
                state(OperationStatus.ACCEPTED, true), state(OperationStatus.QUEUED, true));
        int seen = 0;

        // When
        for (int length = 0; length < 5; length++) {
            List<OperationState> next = new ArrayList<>();
            for (OperationState state : reached) {
                for (OperationEvent event : EVENTS.values()) {
                    if (OperationTransitions.apply(state, event, LATER)
                            instanceof Transition.Moved moved) {
                        // Then
                        assertInvariants(state, moved.state());
                        next.add(moved.state());
                        seen++;
                    }
                }
            }
            reached = next;
        }
        assertTrue(seen > 400, "walks seen: " + seen);
    }

    private static void assertInvariants(OperationState before, OperationState after) {
        assertEquals(before.revision() + 1, after.revision());
        assertFalse(after.updatedAt().isBefore(LATER));
        assertEquals(before.startedAt(), after.startedAt());
        assertEquals(before.operationId(), after.operationId());
        assertTrue(after.progress() >= before.progress());
        boolean terminal = after.status().isTerminal();
        assertEquals(terminal, after.finishedAt() != null);
        if (terminal) {
            assertFalse(after.canCancel());
            assertEquals(after.status() != OperationStatus.SUCCEEDED, after.error() != null);
        } else {
            assertNull(after.result());
            assertNull(after.error());
        }
        if (before.status().isTerminal()) {
            assertEquals(before.status(), after.status());
            assertEquals(before.finishedAt(), after.finishedAt());
        }
        assertNotNull(after.message());
    }

    private static OperationState moved(OperationState state, String event) {
        return moved(state, EVENTS.get(event));
    }

    private static OperationState moved(OperationState state, OperationEvent event) {
        return ((Transition.Moved) OperationTransitions.apply(state, event, LATER)).state();
    }

    /** A state as the machine itself would have made it. */
    static OperationState state(OperationStatus status, boolean canCancel) {
        boolean terminal = status.isTerminal();
        boolean withError = terminal && status != OperationStatus.SUCCEEDED;
        boolean stopping = status == OperationStatus.CANCELLING;
        return new OperationState(new OperationId("op_1"), OperationKind.SKILL_INSTALL, "skill",
                "weather", status, status == OperationStatus.SUCCEEDED ? 100 : 0, "Message", null,
                START, START, terminal ? START : null,
                status == OperationStatus.SUCCEEDED ? Map.of("a", 1) : null,
                withError ? ERROR : null, ANNA, Arrays.asList("global", "skill.install"),
                canCancel && !terminal && !stopping, withError, null, 1, WebspaceId.DESKTOP,
                NodeId.HUB, null, null, null, 0,
                status == OperationStatus.WAITING_INPUT ? INPUT : null, 3);
    }
}
