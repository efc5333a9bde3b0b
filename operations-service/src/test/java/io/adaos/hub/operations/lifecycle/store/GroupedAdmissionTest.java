package io.adaos.hub.operations.lifecycle.store;

import static io.adaos.hub.operations.testing.OperationsBench.await;
import static io.adaos.hub.operations.testing.OperationsBench.command;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.contracts.id.OperationId;
import io.adaos.hub.contracts.operation.Initiator;
import io.adaos.hub.operations.execution.lease.Lease;
import io.adaos.hub.operations.lifecycle.Admission;
import io.adaos.hub.operations.lifecycle.Submission;
import io.adaos.hub.operations.testing.OperationsBench;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
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

class GroupedAdmissionTest {

    private static final String KIND = "skill.install";
    private static final Duration DEADLINE = Duration.ofMinutes(1);
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
    void thousandIdenticalRequests_atOnce_areOneOperation() {
        // Given
        Submission submission = submission("anna", "same", "1.0.0", Optional.empty());

        // When
        List<Admission> answers = atOnce(Collections.nCopies(1_000, submission));

        // Then
        assertEquals(1, answers.stream().filter(Admission.Admitted.class::isInstance).count());
        assertEquals(999, answers.stream().filter(Admission.Joined.class::isInstance).count());
        assertEquals(1, answers.stream().map(GroupedAdmissionTest::idOf).distinct().count());
        assertEquals(1, facts("same"));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 20261122})
    void anyMixture_atOnce_keepsOneOperationPerTargetAndOnePerKey(long seed) {
        // Given
        Random random = new Random(seed);
        List<Submission> sent = IntStream.range(0, 400).mapToObj(i -> submission(
                "user" + random.nextInt(3), "mix" + seed + '_' + random.nextInt(60),
                "1.0." + random.nextInt(2), random.nextInt(3) == 0
                        ? Optional.of("key" + seed + '_' + random.nextInt(40))
                        : Optional.empty())).toList();

        // When
        List<Admission> answers = atOnce(sent);

        // Then
        Map<String, String> byKey = new HashMap<>();
        Map<String, Set<OperationId>> byTarget = new HashMap<>();
        for (int i = 0; i < sent.size(); i++) {
            Admission answer = answers.get(i);
            if (answer instanceof Admission.Admitted || answer instanceof Admission.Joined) {
                OperationId id = idOf(answer);
                sent.get(i).key().ifPresent(key -> assertEquals(id.value(),
                        byKey.computeIfAbsent(key.toString(), first -> id.value()),
                        "seed " + seed));
                byTarget.computeIfAbsent(sent.get(i).command().target().id(),
                        target -> new HashSet<>()).add(id);
            }
        }
        byTarget.forEach((target, ids) -> {
            assertEquals(1, ids.size(), "seed " + seed + ' ' + target);
            assertEquals(1, facts(target), "seed " + seed + ' ' + target);
        });
        assertEquals(byTarget.size(), answers.stream()
                .filter(Admission.Admitted.class::isInstance).count(), "seed " + seed);
    }

    @Test
    void claim_letsInitiatorsTakeTurns_andPrefersWhatIsUnderWay() {
        // Given
        try (OperationsBench own = new OperationsBench()) {
            for (int i = 0; i < 6; i++) {
                accept(own, submission("anna", "a" + i, null, Optional.empty()));
            }
            accept(own, submission("bert", "b0", null, Optional.empty()));
            accept(own, submission("bert", "b1", null, Optional.empty()));

            // When
            List<String> order = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                await(own.leases.claim("test", 1, DEADLINE, Set.of())).stream()
                        .map(GroupedAdmissionTest::targetOf).forEach(order::add);
            }

            // Then
            assertEquals(List.of("a0", "b0", "a1", "b1", "a2", "a3", "a4", "a5"), order);
        }
    }

    @Test
    void latecomer_joinsWhereTheLineIs_notAtItsBeginning() {
        // Given
        try (OperationsBench own = new OperationsBench()) {
            for (int i = 0; i < 5; i++) {
                accept(own, submission("anna", "a" + i, null, Optional.empty()));
            }
            // what is claimed stays accepted until its worker says that it runs
            await(own.leases.claim("test", 3, DEADLINE, Set.of()));
            own.strings("UPDATE operation SET status = 'running' WHERE lease_holder = 'test' "
                    + "RETURNING 1", Tuple.tuple());

            // When
            accept(own, submission("bert", "b0", null, Optional.empty()));

            // Then
            List<String> order = await(own.leases.claim("test", 9, DEADLINE, Set.of())).stream()
                    .map(GroupedAdmissionTest::targetOf).toList();
            assertEquals(Set.of("a3", "a4", "b0"), Set.copyOf(order));
            assertEquals(List.of("4", "4", "5"), own.strings("SELECT turn FROM operation "
                    + "WHERE target_id IN ('a3', 'a4', 'b0') ORDER BY turn", Tuple.tuple()));
        }
    }

    private static List<Admission> atOnce(List<Submission> submissions) {
        List<Uni<Admission>> sent = submissions.stream()
                .map(one -> bench.store.accept(one, DEADLINE)).collect(Collectors.toList());
        return await(Uni.join().all(sent).andFailFast());
    }

    private static void accept(OperationsBench own, Submission submission) {
        assertTrue(await(own.store.accept(submission, DEADLINE)) instanceof Admission.Admitted);
    }

    private static Submission submission(
            String user, String target, String version, Optional<String> key) {
        return new Submission(command(KIND, target, version, false),
                new Initiator("user", user), "correlation",
                key.map(value -> new Submission.Key(user, "POST", "/v1/operations", value)));
    }

    private static OperationId idOf(Admission admission) {
        return admission instanceof Admission.Admitted admitted
                ? admitted.operation().operationId()
                : ((Admission.Joined) admission).operation().operationId();
    }

    private static String targetOf(Lease lease) {
        return lease.operation().state().targetId();
    }

    private static int facts(String target) {
        return bench.strings("SELECT key FROM outbox JOIN operation ON key = operation_id "
                + "WHERE target_id = $1", Tuple.of(target)).size();
    }
}
