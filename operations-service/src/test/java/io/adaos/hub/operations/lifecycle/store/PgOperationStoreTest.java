package io.adaos.hub.operations.lifecycle.store;

import static io.adaos.hub.operations.testing.OperationsBench.await;
import static io.adaos.hub.operations.testing.OperationsBench.command;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.contracts.id.OperationId;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.contracts.operation.Initiator;
import io.adaos.hub.contracts.operation.OperationPage;
import io.adaos.hub.contracts.operation.OperationState;
import io.adaos.hub.contracts.operation.OperationStatus;
import io.adaos.hub.operations.lifecycle.Admission;
import io.adaos.hub.operations.lifecycle.Applied;
import io.adaos.hub.operations.lifecycle.Change;
import io.adaos.hub.operations.lifecycle.OperationQuery;
import io.adaos.hub.operations.lifecycle.Submission;
import io.adaos.hub.operations.lifecycle.machine.OperationCommand;
import io.adaos.hub.operations.lifecycle.machine.OperationEvent;
import io.adaos.hub.operations.testing.Json;
import io.adaos.hub.operations.testing.OperationsBench;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PgOperationStoreTest {

    private static final String KIND = "skill.install";
    private static final String CHANGED = "io.adaos.hub.operation.changed.v1";
    private static OperationsBench bench;

    @BeforeAll
    static void open() {
        bench = new OperationsBench();
    }

    @AfterAll
    static void close() {
        bench.close();
    }

    @Test
    void everyChange_andItsFact_areOneTransaction() {
        // Given
        OperationId id = bench.admitted(command(KIND, "facts", null, false));

        // When
        apply(id, new OperationEvent.Started());
        apply(id, new OperationEvent.Succeeded("Done", Map.of("a", 1)));

        // Then
        List<Long> revisions = bench.facts(CHANGED).stream()
                .map(fact -> Json.read(fact).get("operation"))
                .filter(operation -> operation.get("operation_id").asText().equals(id.value()))
                .map(operation -> operation.get("revision").asLong())
                .toList();
        assertEquals(List.of(1L, 2L, 3L), revisions);
        assertEquals(1, notificationsOf(id));
    }

    @Test
    void refusedEvent_changesNothing() {
        // Given
        OperationId id = bench.admitted(command(KIND, "refused", null, false));
        OperationState before = bench.state(id);

        // When
        Applied applied = await(bench.store.apply(
                Change.of(id, new OperationEvent.CancelCompleted())));

        // Then
        assertTrue(applied instanceof Applied.Refused);
        assertEquals(before, bench.state(id));
    }

    @Test
    void writeWithAnOldToken_isFencedOut() {
        // Given
        OperationId id = bench.admitted(command(KIND, "fenced", null, false));

        // When
        Applied applied = await(bench.store.apply(
                Change.fenced(id, new OperationEvent.Started(), 41)));

        // Then
        assertEquals(new Applied.Fenced(), applied);
        assertEquals(OperationStatus.ACCEPTED, bench.state(id).status());
    }

    @Test
    void manyWritersOfOneOperation_everyEventCountsOnce() {
        // Given
        OperationId id = bench.admitted(command(KIND, "crowded", null, false));
        apply(id, new OperationEvent.Started());

        // When
        List<Uni<Applied>> writes = IntStream.rangeClosed(1, 20)
                .mapToObj(i -> bench.store.apply(Change.of(id,
                        new OperationEvent.Postponed("word " + i))))
                .toList();
        List<Applied> answers = await(Uni.join().all(writes).andFailFast());

        // Then
        assertTrue(answers.stream().allMatch(Applied.Done.class::isInstance));
        assertEquals(22, bench.state(id).revision());
    }

    @Test
    void twoCancelsAndASuccess_atOnce_haveOneOutcomeAndOneNotification() {
        for (int round = 0; round < 20; round++) {
            // Given
            OperationId id = bench.admitted(command(KIND, "race" + round, null, false));
            apply(id, new OperationEvent.Started());

            // When
            await(Uni.join().all(
                    bench.store.apply(Change.of(id, new OperationEvent.Succeeded("", Map.of()))),
                    bench.store.apply(Change.of(id, cancel())),
                    bench.store.apply(Change.of(id, cancel()))).andFailFast());
            await(bench.store.apply(Change.of(id, new OperationEvent.CancelCompleted())));

            // Then
            assertTrue(bench.state(id).status().isTerminal());
            assertEquals(1, notificationsOf(id));
        }
    }

    @Test
    void key_ofAnotherSubject_isAnotherKey_andAnExpiredOneIsForgotten() {
        // Given
        OperationCommand command = command(KIND, "keyed", "1.0.0", false);
        Optional<Submission.Key> key = key("anna");
        OperationState first = admitted(bench.accept(command, key, Duration.ofMinutes(1)));
        apply(first.operationId(), new OperationEvent.CancelRequested(new Initiator("a", "b")));

        // When
        Admission again = bench.accept(command, key, Duration.ofMinutes(1));
        Admission other = bench.accept(command, key("bert"), Duration.ofMinutes(1));
        bench.strings("UPDATE idempotency_key SET created_at = now() - interval '25 hours' "
                + "WHERE subject = 'user:anna' RETURNING key", Tuple.tuple());
        Admission later = bench.accept(command(KIND, "keyed2", null, false), key,
                Duration.ofMinutes(1));

        // Then
        assertEquals(first.operationId(), ((Admission.Joined) again).operation().operationId());
        assertTrue(other instanceof Admission.Admitted);
        assertTrue(later instanceof Admission.Admitted);
    }

    @Test
    void twentyRequestsWithOneKey_atOnce_areOneOperation() {
        // Given
        OperationCommand command = command(KIND, "keyrace", null, false);
        Submission submission = new Submission(command, new Initiator("user", "anna"), "c",
                Optional.of(new Submission.Key("user:anna", "POST", "/v1/operations", "race")));

        // When
        List<Uni<Admission>> sent = IntStream.range(0, 20)
                .mapToObj(i -> bench.store.accept(submission, Duration.ofMinutes(1))).toList();
        List<Admission> answers = await(Uni.join().all(sent).andFailFast());

        // Then
        assertEquals(1, answers.stream().filter(Admission.Admitted.class::isInstance).count());
        assertEquals(19, answers.stream().filter(Admission.Joined.class::isInstance).count());
    }

    @Test
    void refusedRequest_doesNotUseUpItsKey() {
        // Given
        bench.admitted(command(KIND, "taken", "1.0.0", false));
        Optional<Submission.Key> key = Optional.of(
                new Submission.Key("user:carl", "POST", "/v1/operations", "k"));
        OperationCommand other = command(KIND, "taken", "2.0.0", false);

        // When
        Admission busy = bench.accept(other, key, Duration.ofMinutes(1));
        Admission free = bench.accept(command(KIND, "free", null, false), key,
                Duration.ofMinutes(1));

        // Then
        assertTrue(busy instanceof Admission.Busy);
        assertTrue(free instanceof Admission.Admitted);
    }

    @Test
    void retention_keepsTheNewestTheYoungAndTheActive() {
        // Given
        List<OperationId> ended = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            OperationId id = bench.admitted(command("scenario.install", "old" + i, null, false));
            apply(id, cancel());
            ended.add(id);
        }
        OperationId active = bench.admitted(command("scenario.install", "old9", null, false));
        bench.strings("UPDATE operation SET webspace_id = 'attic', finished_at = finished_at "
                + "- interval '2 days' WHERE target_id LIKE 'old%' RETURNING 1", Tuple.tuple());

        // When
        await(bench.store.deleteEnded(2, Duration.ofHours(24), 100));

        // Then
        assertEquals(List.of(false, false, true, true), ended.stream()
                .map(id -> await(bench.store.find(id)).isPresent()).toList());
        assertTrue(await(bench.store.find(active)).isPresent());
    }

    @Test
    void total_beatsAgeWebspaceAndKeys_oldestFirst_andSparesTheActive() {
        // Given
        try (OperationsBench own = new OperationsBench()) {
            List<OperationId> ended = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                OperationState state = admitted(own.accept(command(KIND, "t" + i, null, false),
                        key("k" + i), Duration.ofMinutes(1)));
                await(own.store.apply(Change.of(state.operationId(), cancel())));
                ended.add(state.operationId());
            }
            OperationId active = own.admitted(command(KIND, "active", null, false));

            // When
            int batch = await(own.store.deleteBeyond(2, 2));
            int rest = await(own.store.deleteBeyond(2, 2));
            int none = await(own.store.deleteBeyond(2, 2));

            // Then
            assertEquals(List.of(2, 1, 0), List.of(batch, rest, none));
            assertEquals(List.of(false, false, false, true, true), ended.stream()
                    .map(id -> await(own.store.find(id)).isPresent()).toList());
            assertTrue(await(own.store.find(active)).isPresent());
            assertEquals(2, own.strings("SELECT key FROM idempotency_key", Tuple.tuple()).size());
        }
    }

    /** Random commands, cancels and ends against a plain list per target. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 20260407})
    void joinBusyQueue_behaveLikeTheModel(long seed) {
        // Given
        Random random = new Random(seed);
        Map<String, List<Waiting>> model = new HashMap<>();
        for (int step = 0; step < 120; step++) {
            String target = "model" + seed + "_" + random.nextInt(3);
            List<Waiting> line = model.computeIfAbsent(target, name -> new ArrayList<>());
            if (random.nextInt(3) < 2 || line.isEmpty()) {
                String version = "1.0." + random.nextInt(3);
                boolean queue = random.nextBoolean();

                // When
                Admission answer = bench.accept(command(KIND, target, version, queue));

                // Then
                expectSame(line, version, queue, answer);
            } else {
                Waiting leaving = line.remove(random.nextInt(line.size()));
                apply(leaving.id(), cancel());
            }
            for (int place = 0; place < line.size(); place++) {
                assertEquals(place == 0 ? OperationStatus.ACCEPTED : OperationStatus.QUEUED,
                        bench.state(line.get(place).id()).status(), "seed " + seed);
            }
        }
    }

    private static void expectSame(
            List<Waiting> line, String version, boolean queue, Admission answer) {
        Optional<Waiting> same = line.stream()
                .filter(waiting -> waiting.version().equals(version)).findFirst();
        if (same.isPresent()) {
            assertEquals(same.get().id(), ((Admission.Joined) answer).operation().operationId());
        } else if (line.isEmpty() || queue) {
            line.add(new Waiting(admitted(answer).operationId(), version));
        } else {
            assertEquals(line.get(0).id(), ((Admission.Busy) answer).holder().operationId());
        }
    }

    @Test
    void list_filtersByWebspaceAndStatus_oldestFirst() {
        // Given
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            ids.add(bench.admitted(command(KIND, "listed" + i, null, false)).value());
        }
        apply(new OperationId(ids.get(1)), cancel());
        bench.strings("UPDATE operation SET webspace_id = 'list' WHERE target_id LIKE 'listed%' "
                + "RETURNING 1", Tuple.tuple());

        // When
        OperationPage active = await(bench.store.list(new OperationQuery(
                Optional.of(new WebspaceId("list")),
                Set.of(OperationStatus.ACCEPTED), Map.of(), OperationQuery.Order.ASC, 0, 10)));

        // Then
        assertEquals(List.of(ids.get(0), ids.get(2)), active.items().stream()
                .map(state -> state.operationId().value()).collect(Collectors.toList()));
    }

    @Test
    void list_newestFirst_pagesDownToTheOldest() {
        // Given
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.add(0, bench.admitted(command(KIND, "paged" + i, null, false)).value());
        }
        bench.strings("UPDATE operation SET webspace_id = 'pages' WHERE target_id LIKE 'paged%' "
                + "RETURNING 1", Tuple.tuple());

        // When
        List<String> listed = new ArrayList<>();
        String cursor = "0";
        for (int page = 0; page < 4 && cursor != null; page++) {
            OperationPage answer = await(bench.store.list(new OperationQuery(
                    Optional.of(new WebspaceId("pages")), OperationQuery.ANY_STATUS, Map.of(),
                    OperationQuery.Order.DESC, Long.parseLong(cursor), 2)));
            answer.items().forEach(state -> listed.add(state.operationId().value()));
            cursor = answer.nextCursor();
        }

        // Then
        assertEquals(ids, listed);
    }

    private static OperationEvent cancel() {
        return new OperationEvent.CancelRequested(new Initiator("user", "anna"));
    }

    private static Optional<Submission.Key> key(String subject) {
        return Optional.of(
                new Submission.Key("user:" + subject, "POST", "/v1/operations", "key-1"));
    }

    private static OperationState admitted(Admission admission) {
        return ((Admission.Admitted) admission).operation();
    }

    private static void apply(OperationId id, OperationEvent event) {
        assertTrue(await(bench.store.apply(Change.of(id, event))) instanceof Applied.Done);
    }

    private static int notificationsOf(OperationId id) {
        return bench.strings("SELECT id FROM notification WHERE operation_id = $1",
                Tuple.of(id.value())).size();
    }

    /** One operation of the model. */
    private record Waiting(OperationId id, String version) {
    }
}
