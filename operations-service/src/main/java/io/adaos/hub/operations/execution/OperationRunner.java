package io.adaos.hub.operations.execution;

import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.contracts.id.OperationId;
import io.adaos.hub.contracts.operation.OperationKind;
import io.adaos.hub.contracts.operation.OperationStatus;
import io.adaos.hub.operations.lifecycle.Applied;
import io.adaos.hub.operations.lifecycle.Change;
import io.adaos.hub.operations.lifecycle.OperationManager;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
    /** Heartbeats, deadlines, and two claims, of which one waits for the other. */
    private static final int CLOCK_THREADS = 4;
    private static final Duration STORE_WAIT = Duration.ofSeconds(15);

    private final String holder = UUID.randomUUID().toString();
    private final OperationManager operations;
    private final LeaseStore leases;
    private final HandlerRegistry handlers;
    private final ExecutionLimits limits;
    private final LeaseReaper reaper;
    private final OperationRun.Ports ports;
    private final Map<OperationId, OperationRun> running = new ConcurrentHashMap<>();
    private final AtomicBoolean woken = new AtomicBoolean();
    private final ExecutorService workers;
    private final ScheduledExecutorService clockwork;
    private final Set<OperationKind> prepared = new HashSet<>();
    private volatile boolean stopping;

    /** Nothing runs before {@link #start}. */
    public OperationRunner(OperationManager operations, LeaseStore leases,
            HandlerRegistry handlers, RetryPolicy retries, ExecutionLimits limits) {
        this.operations = operations;
        this.leases = leases;
        this.handlers = handlers;
        this.limits = limits;
        this.reaper = new LeaseReaper(leases, operations, handlers);
        this.ports = new OperationRun.Ports(
                this::apply, this::postpone, retries, limits.runsMax());
        this.workers = Executors.newFixedThreadPool(limits.concurrency(), named("operation"));
        this.clockwork = Executors.newScheduledThreadPool(CLOCK_THREADS, named("operation-clock"));
    }

    /** Begins to look for work. */
    public void start() {
        operations.listen(this);
        long poll = limits.pollInterval().toMillis();
        long beat = Math.max(1, limits.leaseTtl().toMillis() / 3);
        clockwork.scheduleWithFixedDelay(
                guarded("poll", this::workArrived), 0, poll, TimeUnit.MILLISECONDS);
        clockwork.scheduleAtFixedRate(
                guarded("heartbeat", this::heartbeat), beat, beat, TimeUnit.MILLISECONDS);
        clockwork.scheduleWithFixedDelay(guarded("reap", this::reap), poll,
                Math.max(poll, 1_000), TimeUnit.MILLISECONDS);
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
        Set<OperationKind> unprepared = prepare();
        int free = limits.concurrency() - running.size();
        if (free <= 0 || stopping) {
            return;
        }
        List<Lease> taken = await(
                leases.claim(holder, free, limits.leaseTtl(), unprepared));
        taken.forEach(this::launch);
    }

    /** The kinds that could not be prepared: they are left out until they can, others run. */
    private Set<OperationKind> prepare() {
        Set<OperationKind> unprepared = new HashSet<>();
        for (OperationHandler handler : handlers.all()) {
            OperationKind kind = handler.rules().kind();
            if (prepared.contains(kind)) {
                continue;
            }
            try {
                handler.prepare();
                prepared.add(kind);
            } catch (Throwable t) {
                LOG.warnf("event=prepare_retry kind=%s cause=%s", kind, t);
                unprepared.add(kind);
            }
        }
        return unprepared;
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
        try {
            run.execute();
        } finally {
            running.remove(run.operation().state().operationId(), run);
            workArrived();
        }
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
        return await(operations.apply(change));
    }

    private void postpone(Lease lease, Duration delay) {
        await(leases.postpone(lease, delay));
        onClock(() -> clockwork.schedule(
                this::workArrived, delay.toMillis(), TimeUnit.MILLISECONDS));
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
