package io.adaos.hub.sdk;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.sdk.ScriptedHub.Answer;
import io.adaos.hub.sdk.SlotStatus.State;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DirtyRouterTest {

    private static final ProjectionSlot JOBS = ProjectionSlot.of(WebspaceId.DESKTOP, "jobs");
    private static final ProjectionSlot ALL = ProjectionSlot.of(WebspaceId.DESKTOP, "all");

    private ScriptedHub hub;
    private HubSkill skill;

    @BeforeEach
    void start() throws IOException {
        hub = new ScriptedHub().then(Answer.applied(1));
        skill = HubSkill.connect(SkillSettings.of(hub.address(), "secret"));
    }

    @AfterEach
    void stop() {
        skill.close();
        hub.close();
    }

    @ParameterizedTest
    @CsvSource({"jobs.active,jobs.active,true", "jobs.active,jobs.activex,false", "*,x,true",
        "jobs.*,jobs.active,true", "jobs.*,jobs,false", "jobs*,jobs,true", "job,jobs,false",
        "*.active,jobs.active,false"})
    void pattern_isANameOrItsBeginning(String pattern, String name, boolean expected) {
        // Given
        String asked = name;

        // When
        boolean match = DirtyRouter.isMatch(pattern, asked);

        // Then
        assertEquals(expected, match);
    }

    @Test
    void dirty_buildsWhatDependsOnIt_andTellsTheOutcomes() {
        // Given
        List<Set<String>> reasons = new CopyOnWriteArrayList<>();
        DirtyRouter router = skill.router()
                .on(List.of("jobs.*", "users"), JOBS, dirty -> {
                    reasons.add(dirty);
                    return 1;
                })
                .on(List.of("*"), ALL, dirty -> 2);

        // When
        Map<ProjectionSlot, SetOutcome> both = join(router.dirty("jobs.a", "jobs.b", "disk"));
        Map<ProjectionSlot, SetOutcome> one = join(router.dirty("disk"));

        // Then
        assertEquals(Set.of(JOBS, ALL), both.keySet());
        assertEquals(List.of(Set.of("jobs.a", "jobs.b")), reasons);
        assertEquals(Map.of(ALL, new SetOutcome.Unchanged(1)), one);
    }

    @Test
    void dirty_whileItIsBuilt_buildsOnceMoreForAllWhoAsked() throws InterruptedException {
        // Given
        Semaphore mayGoOn = new Semaphore(0);
        AtomicInteger builds = new AtomicInteger();
        List<Set<String>> reasons = new CopyOnWriteArrayList<>();
        DirtyRouter router = skill.router().on(List.of("*"), JOBS, dirty -> {
            reasons.add(dirty);
            int build = builds.incrementAndGet();
            mayGoOn.acquire();
            return build;
        });
        CompletionStage<Map<ProjectionSlot, SetOutcome>> first = router.dirty("a");
        await().until(() -> builds.get() == 1);

        // When
        List<CompletionStage<Map<ProjectionSlot, SetOutcome>>> others =
                List.of(router.dirty("b"), router.dirty("c"), router.dirty("b"));
        mayGoOn.release(2);

        // Then
        assertTrue(join(first).get(JOBS).isDurable());
        others.forEach(other -> assertTrue(join(other).get(JOBS).isDurable()));
        assertEquals(2, builds.get());
        assertEquals(List.of(Set.of("a"), Set.of("b", "c")), reasons);
    }

    @Test
    void builderThatFails_isAnErrorOfItsSlot_andOfNoOther() {
        // Given
        DirtyRouter router = skill.router()
                .on(List.of("*"), JOBS, dirty -> {
                    throw new IOException("disk is gone");
                })
                .on(List.of("*"), ALL, dirty -> 2);

        // When
        Map<ProjectionSlot, SetOutcome> outcomes = join(router.dirty("x"));

        // Then
        Refusal refusal = assertInstanceOf(
                SetOutcome.Refused.class, outcomes.get(JOBS)).refusal();
        assertEquals("projection_build_failed", refusal.reason());
        assertEquals("disk is gone", refusal.detail());
        assertEquals(State.ERROR, skill.status(JOBS).state());
        assertTrue(outcomes.get(ALL).isDurable());
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
    }
}
