package io.adaos.hub.operations.lifecycle.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.contracts.id.NodeId;
import io.adaos.hub.contracts.id.OperationId;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.contracts.operation.Initiator;
import io.adaos.hub.contracts.operation.OperationError;
import io.adaos.hub.contracts.operation.OperationInput;
import io.adaos.hub.contracts.operation.OperationKind;
import io.adaos.hub.contracts.operation.OperationPlan;
import io.adaos.hub.contracts.operation.OperationState;
import io.adaos.hub.contracts.operation.OperationStatus;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Walks every way through the machine, over a plan of three steps, until nothing new is found. */
class MachineExplorationTest {

    private static final Instant BEFORE = Instant.parse("2026-04-07T12:00:00Z");
    private static final Instant EXPIRY = BEFORE.plusSeconds(60);
    private static final Initiator ANNA = new Initiator("user", "anna");
    private static final OperationError ERROR = new OperationError("broken", "It", null, true);
    private static final List<OperationPlan.Step> STEPS = List.of(
            new OperationPlan.Step("fetch", 10, true), new OperationPlan.Step("stage", 40, true),
            new OperationPlan.Step("activate", 80, false));
    private static final OperationInput INPUT = new OperationInput(
            "Which?", List.of(new OperationInput.Choice("keep", "Keep")), EXPIRY);

    private static final Map<Shape, OperationState> REACHED = new HashMap<>();
    private static final List<Edge> EDGES = new ArrayList<>();

    /** What tells states apart that may behave differently; revisions and times do not. */
    private record Shape(OperationStatus status, int progress, String step, boolean canCancel,
            boolean canRetry, OperationPlan plan, boolean asks) {
        static Shape of(OperationState state) {
            return new Shape(state.status(), state.progress(), state.currentStep(),
                    state.canCancel(), state.canRetry(), state.plan(), state.input() != null);
        }
    }

    /** One judged pair that moved. */
    private record Edge(OperationState from, OperationEvent event, OperationState to) {
    }

    @BeforeAll
    static void explore() {
        Deque<OperationState> open = new ArrayDeque<>();
        OperationState first = OperationTransitions.planned(OperationTransitions.first(
                new OperationId("op_1"), command(), ANNA, BEFORE), STEPS, null);
        for (OperationState start
                : List.of(first, OperationTransitions.inLine(first, first))) {
            REACHED.put(Shape.of(start), start);
            open.add(start);
        }
        while (!open.isEmpty()) {
            OperationState state = open.poll();
            for (OperationEvent event : events()) {
                for (Instant now : List.of(BEFORE, EXPIRY)) {
                    if (OperationTransitions.apply(state, event, now)
                            instanceof Transition.Moved moved) {
                        EDGES.add(new Edge(state, event, moved.state()));
                        if (REACHED.putIfAbsent(Shape.of(moved.state()), moved.state()) == null) {
                            open.add(moved.state());
                        }
                    }
                }
            }
        }
    }

    private static List<OperationEvent> events() {
        List<OperationEvent> events = new ArrayList<>(List.of(new OperationEvent.Promoted(),
                new OperationEvent.Started(), new OperationEvent.Postponed("Away"),
                new OperationEvent.Parked("Waiting"),
                new OperationEvent.InputRequested(INPUT, new Question("which", null)),
                new OperationEvent.InputGiven("keep", ANNA),
                new OperationEvent.InputGiven("other", ANNA),
                new OperationEvent.InputExpired(Optional.of("keep")),
                new OperationEvent.InputExpired(Optional.empty()),
                new OperationEvent.CancelRequested(ANNA), new OperationEvent.CancelCompleted(),
                new OperationEvent.Succeeded("Done", Map.of()), new OperationEvent.Failed(ERROR),
                new OperationEvent.Interrupted(ERROR), new OperationEvent.RetryLinked()));
        for (OperationPlan.Step step : STEPS) {
            for (int percent : new int[] {0, step.percent(), 100}) {
                events.add(new OperationEvent.Progressed(
                        percent, step.name(), step.name(), step.canCancel()));
                events.add(new OperationEvent.Progressed(
                        percent, step.name(), step.name(), step.canCancel(), true));
            }
        }
        return events;
    }

    @Test
    void everyStatus_isReached_andEveryKindOfEventMovesSomething() {
        // When
        Set<OperationStatus> statuses = EnumSet.noneOf(OperationStatus.class);
        REACHED.values().forEach(state -> statuses.add(state.status()));
        Set<Class<?>> moving = new HashSet<>();
        EDGES.forEach(edge -> moving.add(edge.event().getClass()));

        // Then
        assertEquals(EnumSet.allOf(OperationStatus.class), statuses);
        assertEquals(Set.of(OperationEvent.class.getPermittedSubclasses()), moving);
    }

    @Test
    void everyMove_goesForward() {
        for (Edge edge : EDGES) {
            // When
            OperationState from = edge.from();
            OperationState to = edge.to();

            // Then
            assertEquals(from.revision() + 1, to.revision(), edge::toString);
            assertTrue(to.progress() >= from.progress(), edge::toString);
            assertTrue(to.plan().at() >= from.plan().at(), edge::toString);
            if (from.status().isTerminal()) {
                assertEquals(from.status(), to.status(), edge::toString);
                assertEquals(from.finishedAt(), to.finishedAt(), edge::toString);
            }
        }
    }

    @Test
    void everyState_saysWhatIsSo() {
        for (OperationState state : REACHED.values()) {
            // When
            boolean terminal = state.status().isTerminal();
            boolean taken = OperationTransitions.apply(
                    state, new OperationEvent.CancelRequested(ANNA), BEFORE)
                    instanceof Transition.Moved;

            // Then
            assertEquals(state.canCancel(), taken, state::toString);
            assertEquals(state.status() == OperationStatus.WAITING_INPUT, state.input() != null,
                    state::toString);
            assertEquals(terminal, state.finishedAt() != null, state::toString);
            assertEquals(terminal && state.status() != OperationStatus.SUCCEEDED,
                    state.error() != null, state::toString);
            assertFalse(terminal && state.plan().etaAt() != null, state::toString);
            assertEquals(state.status() == OperationStatus.SUCCEEDED, state.progress() == 100
                    && state.result() != null, state::toString);
            if (state.plan().at() >= 0) {
                assertEquals(STEPS.get(state.plan().at()).name(), state.currentStep());
                assertEquals(STEPS.get(state.plan().at()).canCancel() ? null
                        : state.currentStep(), state.plan().tooLateSince(), state::toString);
            }
        }
    }

    @Test
    void everyActiveState_canEndWithoutAWorker_andNoneReopens() {
        for (OperationState state : REACHED.values()) {
            // When
            Transition end = OperationTransitions.apply(
                    state, new OperationEvent.Failed(ERROR), EXPIRY);

            // Then
            assertEquals(!state.status().isTerminal(), end instanceof Transition.Moved moved
                    && moved.state().status() == OperationStatus.FAILED, state::toString);
        }
    }

    private static OperationCommand command() {
        return new OperationCommand(OperationKind.SKILL_INSTALL,
                new TargetRef("skill", "weather", NodeId.HUB), null, WebspaceId.DESKTOP, Map.of(),
                false, 0);
    }
}
