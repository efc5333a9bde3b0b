package io.adaos.hub.cli.supervise;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Keeps children running: starts them, starts again those that end, stops all of them in order. */
public final class Supervisor {
    private static final long STAYED_UP_NANOS = Backoff.MAX.toNanos();
    private static final int STARTS_MAX = 3;
    private static final long TICK_MILLIS = 100;

    private final PidFiles pidFiles;
    private final boolean restart;
    private final Consumer<String> events;
    private final Runnable everyTick;
    private final ChildLauncher launcher = new ChildLauncher();
    private final Map<String, Child> children = new LinkedHashMap<>();
    private volatile boolean stopping;

    /**
     * @param restart whether a child that ends is started again
     * @param events gets one line for everything that happens
     * @param everyTick runs at each look at the children, ten times a second
     */
    public Supervisor(PidFiles pidFiles, boolean restart, Consumer<String> events,
            Runnable everyTick) {
        this.pidFiles = pidFiles;
        this.restart = restart;
        this.events = events;
        this.everyTick = everyTick;
    }

    public boolean isStopping() {
        return stopping;
    }

    /** Takes over the process that already runs this very spec and is well, if there is one. */
    public synchronized boolean adopt(ChildSpec spec) {
        Optional<PidFiles.Entry> found = pidFiles.findAlive(spec.name())
                .filter(entry -> entry.fingerprint().equals(spec.fingerprint()))
                .filter(entry -> spec.readiness().isReady(entry.process().pid()));
        found.ifPresent(entry -> {
            Child child = new Child(spec);
            child.runs(LiveProcess.adopted(entry.process()), System.nanoTime());
            children.put(spec.name(), child);
            events.accept(spec.name() + " still runs (pid " + entry.process().pid()
                    + "), taken over");
        });
        return found.isPresent();
    }

    public synchronized boolean supervises(String name) {
        return children.containsKey(name);
    }

    /** Starts the child; nothing happens when it is supervised already. */
    public synchronized void start(ChildSpec spec) throws IOException {
        if (!stopping && !children.containsKey(spec.name())) {
            Child child = new Child(spec);
            children.put(spec.name(), child);
            launch(child);
        }
    }

    /**
     * Waits until all of them are ready.
     *
     * @throws ChildFailed when one keeps ending, or is not ready in time
     */
    public void awaitReady(Collection<String> names, Duration within) throws ChildFailed {
        long deadline = System.nanoTime() + within.toNanos();
        List<String> waiting = new ArrayList<>(names);
        while (!waiting.isEmpty() && !stopping) {
            tick();
            waiting.removeIf(this::isReady);
            for (String name : waiting) {
                Child child = child(name);
                if (child.endings() >= (restart ? STARTS_MAX : 1)) {
                    throw new ChildFailed(child.spec(), "ended " + child.endings()
                            + (child.endings() == 1 ? " time" : " times") + " while starting");
                }
                if (System.nanoTime() - deadline > 0) {
                    throw new ChildFailed(child.spec(),
                            "is not ready after " + within.toSeconds() + " s");
                }
            }
            everyTick.run();
            pause();
        }
    }

    /** One look at every child: notes those that ended, starts those whose time has come. */
    public synchronized void tick() {
        if (stopping) {
            return;
        }
        for (Child child : children.values()) {
            long now = System.nanoTime();
            Optional<LiveProcess> process = child.process();
            if (process.isPresent() && !process.get().isAlive()) {
                noteEnd(child, process.get().ending(), now);
            } else if (restart && child.isDue(now)) {
                relaunch(child);
            }
        }
    }

    /** Watches until somebody calls {@link #stopAll()}. */
    public void watch() {
        while (!stopping) {
            tick();
            everyTick.run();
            pause();
        }
    }

    /** Stops every child in the order of their stop rules; after it nothing of ours runs. */
    public synchronized void stopAll() {
        stopping = true;
        Map<Integer, List<Child>> groups = new TreeMap<>();
        for (Child child : children.values()) {
            groups.computeIfAbsent(child.spec().stop().order(), order -> new ArrayList<>())
                    .add(child);
        }
        groups.values().forEach(this::stopGroup);
        children.clear();
    }

    private void stopGroup(List<Child> group) {
        List<Stopping> asked = new ArrayList<>();
        for (Child child : group) {
            child.process().filter(LiveProcess::isAlive).ifPresent(process ->
                    asked.add(new Stopping(child.spec().name(), process, child.spec().stop())));
        }
        Stopping.stopAll(asked, events);
        for (Child child : group) {
            forget(child.spec().name());
        }
    }

    private boolean isReady(String name) {
        Child child = child(name);
        Optional<LiveProcess> process = child.process();
        boolean ready = process.isPresent() && process.get().isAlive()
                && child.spec().readiness().isReady(process.get().pid());
        if (ready) {
            child.ready();
        }
        return ready;
    }

    private synchronized Child child(String name) {
        return Optional.ofNullable(children.get(name))
                .orElseThrow(() -> new IllegalStateException("no child " + name));
    }

    private void launch(Child child) throws IOException {
        ChildSpec spec = child.spec();
        Process process = launcher.launch(spec);
        // One that ended at once has no identity any more; the next tick reports its end.
        ProcessIdentity identity = ProcessIdentity.of(process.pid())
                .orElseGet(() -> new ProcessIdentity(process.pid(), "ended at once"));
        child.runs(LiveProcess.started(identity, process), System.nanoTime());
        try {
            pidFiles.write(spec.name(), new PidFiles.Entry(identity, spec.fingerprint()));
        } catch (IOException e) {
            // The child runs and is supervised; only a later supervisor would not know it again.
            events.accept("the pid file of " + spec.name() + " cannot be written: "
                    + e.getMessage());
        }
    }

    private void relaunch(Child child) {
        try {
            launch(child);
            events.accept(child.spec().name() + " started again (pid "
                    + child.process().map(LiveProcess::pid).orElse(-1L) + ")");
        } catch (IOException e) {
            noteEnd(child, "cannot be started: " + e.getMessage(), System.nanoTime());
        }
    }

    private void noteEnd(Child child, String how, long now) {
        String name = child.spec().name();
        child.ended(now, STAYED_UP_NANOS);
        forget(name);
        events.accept(restart
                ? String.format("%s ended (%s), starts again in %.1f s", name, how,
                        child.waitSeconds(now))
                : name + " ended (" + how + ") and stays down (--no-restart)");
    }

    private void forget(String name) {
        try {
            pidFiles.delete(name);
        } catch (IOException e) {
            events.accept("the pid file of " + name + " cannot be removed: " + e.getMessage());
        }
    }

    private static void pause() {
        try {
            Thread.sleep(TICK_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
