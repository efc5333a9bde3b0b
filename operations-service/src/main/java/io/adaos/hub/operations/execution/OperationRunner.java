package io.adaos.hub.operations.execution;

import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.contracts.id.OperationId;
import io.adaos.hub.contracts.operation.OperationKind;
import io.adaos.hub.contracts.operation.OperationStatus;
import io.adaos.hub.operations.execution.child.ChildOperations;
import io.adaos.hub.operations.execution.child.PgChildren;
import io.adaos.hub.operations.execution.lease.Lease;
import io.adaos.hub.operations.execution.lease.LeaseStore;
import io.adaos.hub.operations.lifecycle.Applied;
import io.adaos.hub.operations.lifecycle.Change;
import io.adaos.hub.operations.lifecycle.OperationManager;
import io.adaos.hub.operations.lifecycle.Pause;
import io.adaos.hub.operations.operationlog.PgOperationLog;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/** Takes operations that nobody works on and runs a bounded number of them at a time. */
public final class OperationRunner implements OperationManager.Listener {

    private static final Logger LOG = Logger.getLogger(OperationRunner.class);
    /** Heartbeats, deadlines, the watch, and a claim. */
    private static final int CLOCK_THREADS = 5;
    private static final Duration STORE_WAIT = Duration.ofSeconds(15);

    private final String holder = UUID.randomUUID().toString();
    private final OperationManager operations;
    private final LeaseStore leases;
    private final HandlerRegistry handlers;
    private final ExecutionLimits limits;
    private final LeaseReaper reaper;
    private final OperationRun.Ports ports;
    private final Map<OperationId, OperationRun> running = new ConcurrentHashMap<>();
    private final Set<OperationRun> stuck = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean woken = new AtomicBoolean();
    private final ExecutorService workers;
    private final ScheduledExecutorService clockwork;
    private final Set<OperationKind> prepared = ConcurrentHashMap.newKeySet();
    private final Set<OperationKind> preparing = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    /** Nothing runs before {@link #start}. */
    public OperationRunner(OperationManager operations, LeaseStore leases,
            PgOperationLog log, PgChildren links, HandlerRegistry handlers, RetryPolicy retries,
            ExecutionLimits limits) {
        this.operations = operations;
        this.leases = leases;
        this.handlers = handlers;
        this.limits = limits;
        ChildOperations children = new ChildOperations(operations, links, STORE_WAIT);
        // bounded by what is claimed, prepared and taken back; a stuck thread is replaced
        this.workers = Executors.newCachedThreadPool(named("operation"));
        this.reaper = new LeaseReaper(leases, operations, handlers, children, workers);
        this.ports = new OperationRun.Ports(
                this::apply, this::holds, (lease, lines) -> await(log.append(
                        lines.get(0).operation(), OptionalLong.of(lease.token()), lines)),
                children, retries, limits.runsMax());
        this.clockwork = Executors.newScheduledThreadPool(CLOCK_THREADS, named("operation-clock"));
    }

    /** Begins to look for work. */
    public void start() {
        operations.listen(this);
        long poll = limits.pollInterval().toMillis();
        long beat = Math.max(1, limits.leaseTtl().toMillis() / 3);
        clockwork.scheduleWithFixedDelay(
                guarded("poll", this::poll), 0, poll, TimeUnit.MILLISECONDS);
        clockwork.scheduleAtFixedRate(
                guarded("heartbeat", this::heartbeat), beat, beat, TimeUnit.MILLISECONDS);
        clockwork.scheduleWithFixedDelay(guarded("reap", this::reap), poll,
                Math.max(poll, 1_000), TimeUnit.MILLISECONDS);
        clockwork.scheduleWithFixedDelay(
                guarded("watch", this::watch), poll, poll, TimeUnit.MILLISECONDS);
    }

    /** Takes no more work, lets runs come to their next step, and hands over what is left. */
    public void stop() {
        stopping = true;
        running.values().forEach(run -> run.token().stop(CancellationToken.Reason.SHUTDOWN));
        clockwork.shutdownNow();
        workers.shutdown();
        try {
            workers.awaitTermination(limits.handover().toMillis(), TimeUnit.MILLISECONDS);
            int released = await(leases.releaseAll(holder));
            LOG.infof("event=leases_released count=%d", released);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warnf("event=leases_kept cause=%s", e.getMessage());
        }
    }

    /** How many operations run in this process now. */
    public int runningCount() {
        return running.size();
    }

    /** How many threads do not come back although they were told to stop. */
    public int stuckCount() {
        return stuck.size();
    }

    private void poll() {
        if (!stopping) {
            prepare();
            workArrived();
        }
    }

    @Override
    public void workArrived() {
        if (!stopping && woken.compareAndSet(false, true)) {
            try {
                onClock(() -> clockwork.execute(guarded("claim", this::claim)));
            } catch (Error e) {
                // no thread could be made; a wake that was not passed on must not hush the next
                woken.set(false);
                throw e;
            }
        }
    }

    @Override
    public void cancelling(OperationId id) {
        OperationRun run = running.get(id);
        if (run != null) {
            run.token().stop(CancellationToken.Reason.CANCELLED);
        }
    }

    private synchronized void claim() {
        woken.set(false);
        int lost = Math.max(0, stuck.size() - limits.concurrency());
        int free = limits.concurrency() - running.size() - lost;
        if (free <= 0 || stopping) {
            return;
        }
        Set<OperationKind> unprepared = new HashSet<>();
        handlers.all().stream().map(handler -> handler.rules().kind())
                .filter(kind -> !prepared.contains(kind)).forEach(unprepared::add);
        List<Lease> taken = await(
                leases.claim(holder, free, limits.leaseTtl(), unprepared));
        taken.forEach(this::launch);
    }

    /** Kinds that cannot be prepared are left out until they can; others run meanwhile. */
    private void prepare() {
        for (OperationHandler handler : handlers.all()) {
            OperationKind kind = handler.rules().kind();
            if (!prepared.contains(kind) && preparing.add(kind)) {
                workers.execute(() -> prepare(handler));
            }
        }
    }

    private void prepare(OperationHandler handler) {
        OperationKind kind = handler.rules().kind();
        try {
            handler.prepare();
            prepared.add(kind);
            workArrived();
        } catch (Throwable t) {
            LOG.warnf("event=prepare_retry kind=%s cause=%s", kind, t);
        } finally {
            preparing.remove(kind);
        }
    }

    private void launch(Lease lease) {
        OperationId id = lease.operation().state().operationId();
        OperationRun run = new OperationRun(
                lease, handlers.of(lease.operation().state().kind()), ports);
        running.put(id, run);
        try {
            workers.execute(() -> execute(run));
        } catch (RuntimeException | Error e) {
            // what never runs must not be kept alive by heartbeats
            running.remove(id, run);
            throw e;
        }
    }

    private void execute(OperationRun run) {
        run.watch().workedOnBy(Thread.currentThread());
        try {
            run.execute();
        } finally {
            run.watch().workedOnBy(null);
            running.remove(run.operation().state().operationId(), run);
            stuck.remove(run);
            workArrived();
        }
    }

    /** A thread that does not stop loses its operation; another one takes its place. */
    private void watch() {
        for (OperationRun run : running.values()) {
            if (run.watch().isStuck(limits.grace())) {
                stuck.add(run);
                running.remove(run.operation().state().operationId(), run);
                LOG.errorf("event=run_stuck operation_id=%s step=%s stuck=%d",
                        run.operation().state().operationId(), run.watch().step(), stuck.size());
                workers.execute(() -> {
                    run.abandon();
                    run.watch().interrupt();
                    workArrived();
                });
            }
        }
        running.values().forEach(OperationRun::flush);
    }

    /** Prolongs what runs here and stops what is no longer ours. */
    private void heartbeat() {
        Map<OperationId, OperationRun> now = new HashMap<>(running);
        if (now.isEmpty()) {
            return;
        }
        Map<OperationId, Long> tokens = new HashMap<>();
        now.forEach((id, run) -> tokens.put(id, run.lease().token()));
        Map<OperationId, OperationStatus> kept =
                await(leases.renew(holder, tokens, limits.leaseTtl()));
        now.forEach((id, run) -> {
            if (!kept.containsKey(id)) {
                run.token().stop(CancellationToken.Reason.LEASE_LOST);
            } else if (kept.get(id) == OperationStatus.CANCELLING) {
                run.token().stop(CancellationToken.Reason.CANCELLED);
            }
        });
    }

    private void reap() {
        if (!stopping) {
            reaper.reap(STORE_WAIT);
        }
    }

    private Applied apply(Change change) {
        Applied applied = await(operations.apply(change));
        change.pause().flatMap(Pause::delay).ifPresent(delay -> onClock(() ->
                clockwork.schedule(this::workArrived, delay.toMillis(), TimeUnit.MILLISECONDS)));
        return applied;
    }

    private boolean holds(Lease lease) {
        OperationId id = lease.operation().state().operationId();
        return await(leases.renew(holder, Map.of(id, lease.token()), limits.leaseTtl()))
                .containsKey(id);
    }

    /** A process that stops takes no more tasks; another one takes the work up. */
    private static void onClock(Runnable submission) {
        try {
            submission.run();
        } catch (RejectedExecutionException e) {
            LOG.debug("event=clock_stopped");
        }
    }

    private <T> T await(Uni<T> work) {
        try {
            return work.await().atMost(STORE_WAIT);
        } catch (TimeoutException e) {
            throw new HubException(
                    HubErrorCode.STORE_UNAVAILABLE, "The database did not answer in time");
        }
    }

    /** A timer that throws would never fire again, so not even an Error passes. */
    private static Runnable guarded(String what, Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.warnf("event=runner_retry task=%s cause=%s", what, e.getMessage());
            } catch (Throwable t) {
                LOG.errorf(t, "event=runner_retry task=%s", what);
            }
        };
    }

    private static ThreadFactory named(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
