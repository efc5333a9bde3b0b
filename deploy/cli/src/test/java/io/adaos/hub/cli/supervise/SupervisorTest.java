package io.adaos.hub.cli.supervise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisorTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private final List<String> events = new CopyOnWriteArrayList<>();
    private PidFiles pidFiles;
    private Supervisor supervisor;

    @BeforeEach
    void create() {
        pidFiles = new PidFiles(folder);
        supervisor = new Supervisor(pidFiles, true, events::add, () -> {});
    }

    @AfterEach
    void stop() {
        supervisor.stopAll();
    }

    @Test
    void tick_killedChild_isStartedAgainUnderANewPid() throws Exception {
        // Given
        supervisor.start(sleeper("one", 0));
        supervisor.awaitReady(List.of("one"), SOON);
        long before = pidOf("one");

        // When
        ProcessHandle.of(before).orElseThrow().destroyForcibly();
        tickUntil(() -> pidFiles.findAlive("one").isPresent() && pidOf("one") != before);

        // Then
        assertNotEquals(before, pidOf("one"));
        assertTrue(events.get(0).contains("killed by signal 9"), events.toString());
        assertTrue(events.get(0).contains("starts again in 0.2 s"), events.toString());
    }

    @Test
    void tick_noRestart_leavesTheChildDown() throws Exception {
        // Given
        supervisor = new Supervisor(pidFiles, false, events::add, () -> {});
        supervisor.start(sleeper("one", 0));
        long before = pidOf("one");

        // When
        ProcessHandle.of(before).orElseThrow().destroyForcibly();
        tickUntil(() -> !events.isEmpty());
        Thread.sleep(400);
        supervisor.tick();

        // Then
        assertTrue(events.get(0).contains("stays down"), events.toString());
        assertEquals(1, events.size());
        assertFalse(Files.exists(folder.resolve("one.pid")));
    }

    @Test
    void stopAll_threeOrders_stopsInOrderAndLeavesNothing() throws Exception {
        // Given
        supervisor.start(sleeper("last", 2));
        supervisor.start(sleeper("middle", 1));
        supervisor.start(sleeper("first", 0));
        List<Long> pids = List.of(pidOf("last"), pidOf("middle"), pidOf("first"));

        // When
        supervisor.stopAll();

        // Then
        assertEquals(List.of("first stopped", "middle stopped", "last stopped"), events);
        assertTrue(pids.stream().allMatch(pid -> ProcessIdentity.of(pid).isEmpty()));
        try (var left = Files.list(folder)) {
            assertTrue(left.noneMatch(file -> file.toString().endsWith(".pid")));
        }
    }

    @Test
    void stopAll_deafChild_isKilledAfterItsPatience() throws Exception {
        // Given
        Path listening = folder.resolve("listening");
        ChildSpec deaf = spec("deaf", "trap '' TERM; touch " + listening
                + "; while :; do sleep 0.1; done", new StopRule(StopRule.Signal.TERM, 0,
                        Duration.ofMillis(300)), pid -> Files.exists(listening));
        supervisor.start(deaf);
        supervisor.awaitReady(List.of("deaf"), SOON);
        long pid = pidOf("deaf");

        // When
        supervisor.stopAll();

        // Then
        assertTrue(events.get(0).contains("killed"), events.toString());
        assertTrue(ProcessIdentity.of(pid).isEmpty());
    }

    @Test
    void awaitReady_childThatKeepsEnding_failsWithItsName() throws Exception {
        // Given
        supervisor.start(spec("broken", "echo no luck; exit 3", rule(0), pid -> false));

        // When
        ChildFailed failed = assertThrows(ChildFailed.class,
                () -> supervisor.awaitReady(List.of("broken"), SOON));

        // Then
        assertEquals("broken ended 3 times while starting", failed.getMessage());
        assertTrue(Files.readString(failed.spec().log()).startsWith("no luck"));
    }

    @Test
    void awaitReady_childThatNeverIsReady_failsInTime() throws Exception {
        // Given
        supervisor.start(spec("slow", "exec sleep 60", rule(0), pid -> false));

        // When
        ChildFailed failed = assertThrows(ChildFailed.class,
                () -> supervisor.awaitReady(List.of("slow"), Duration.ofMillis(200)));

        // Then
        assertTrue(failed.getMessage().startsWith("slow is not ready after"));
    }

    @Test
    void adopt_sameSpecStillRuns_keepsItsPidAndRestartsItLater() throws Exception {
        // Given
        supervisor.start(sleeper("one", 0));
        long pid = pidOf("one");
        Supervisor next = new Supervisor(pidFiles, true, events::add, () -> {});

        // When
        boolean adopted = next.adopt(sleeper("one", 0));

        // Then
        assertTrue(adopted);
        assertEquals(pid, pidOf("one"));
        next.stopAll();
        assertTrue(ProcessIdentity.of(pid).isEmpty());
    }

    @Test
    void adopt_otherSpecOrNotWell_isRefused() throws Exception {
        // Given
        supervisor.start(sleeper("one", 0));
        Supervisor next = new Supervisor(pidFiles, true, events::add, () -> {});

        // When
        boolean other = next.adopt(spec("one", "exec sleep 61", rule(0), pid -> true));
        boolean notWell = next.adopt(spec("one", "exec sleep 60", rule(0), pid -> false));

        // Then
        assertFalse(other);
        assertFalse(notWell);
    }

    @Test
    void leftovers_ofAKilledSupervisor_areStoppedInOrder() throws Exception {
        // Given
        supervisor.start(sleeper("base", 1));
        supervisor.start(sleeper("top", 0));
        List<Long> pids = List.of(pidOf("base"), pidOf("top"));

        // When
        new Leftovers(pidFiles, events::add).stop(
                Map.of("base", rule(1), "top", rule(0), "absent", rule(0)));

        // Then
        assertEquals(List.of("top stopped", "base stopped"), events);
        assertTrue(pids.stream().allMatch(pid -> ProcessIdentity.of(pid).isEmpty()));
    }

    @Test
    void launch_child_leadsItsOwnSessionAndSeesItsEnvironment() throws Exception {
        // Given
        ChildSpec spec = new ChildSpec("env", List.of("sh", "-c",
                "cut -d' ' -f1,6 /proc/self/stat >/dev/null; echo \"$A $(cut -d' ' -f6 "
                        + "/proc/$$/stat) $$\"; exec sleep 60"),
                Map.of("A", "b c"), folder, folder.resolve("env.log"), rule(0), pid -> true);

        // When
        supervisor.start(spec);
        tickUntil(() -> new LogReader(spec.log()).text().endsWith("\n"));

        // Then
        assertEquals("b c " + pidOf("env") + " " + pidOf("env") + "\n",
                new LogReader(spec.log()).text());
    }

    private ChildSpec sleeper(String name, int order) {
        return spec(name, "exec sleep 60", rule(order), pid -> true);
    }

    private ChildSpec spec(String name, String script, StopRule rule, Readiness readiness) {
        return new ChildSpec(name, List.of("sh", "-c", script), Map.of(), folder,
                folder.resolve(name + ".log"), rule, readiness);
    }

    private static StopRule rule(int order) {
        return new StopRule(StopRule.Signal.TERM, order, SOON);
    }

    private long pidOf(String name) {
        return pidFiles.findAlive(name).orElseThrow().process().pid();
    }

    private void tickUntil(BooleanSupplier done) throws InterruptedException {
        long deadline = System.nanoTime() + SOON.toNanos();
        while (!done.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, () -> "too slow: " + events);
            supervisor.tick();
            Thread.sleep(10);
        }
    }

    private record LogReader(Path file) {
        String text() {
            try {
                return Files.exists(file) ? Files.readString(file) : "";
            } catch (IOException e) {
                return "";
            }
        }
    }
}
