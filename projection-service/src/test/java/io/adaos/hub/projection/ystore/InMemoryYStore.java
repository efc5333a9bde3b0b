package io.adaos.hub.projection.ystore;

import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.ystore.lease.Holder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The four ports in memory, which can be made to fail, to wait or to hold damaged rows. */
public final class InMemoryYStore implements UpdateLog, DocSnapshotStore, WebspaceStore,
        SetAsideStore {

    private static final long FIRST_CLIENT = 1_000_000;

    /** @param until when the lease ends, in System.nanoTime */
    private record Held(long epoch, long clientId, long floor, Optional<Holder> by, long until) {

        boolean isFree() {
            return by.isEmpty() || System.nanoTime() - until >= 0;
        }

        Held until(Optional<Holder> holder, long end) {
            return new Held(epoch, clientId, floor, holder, end);
        }
    }

    private final Map<WebspaceId, Held> webspaces = new TreeMap<>(
            (a, b) -> a.value().compareTo(b.value()));
    private final Map<WebspaceId, TreeMap<Long, LogRow>> rows = new HashMap<>();
    private final Map<WebspaceId, DocSnapshot> snapshots = new HashMap<>();
    private final Map<WebspaceId, TreeMap<String, List<LogRow>>> setAside = new HashMap<>();
    private final Map<WebspaceId, List<ClientIds>> clients = new HashMap<>();
    private final List<Runnable> waiting = new ArrayList<>();
    private boolean failing;
    private boolean broken;
    private boolean deaf;
    private boolean compactionFailing;
    private boolean holding;

    public InMemoryYStore() {
        webspaces.put(WebspaceId.DESKTOP, new Held(0, FIRST_CLIENT, 0, Optional.empty(), 0));
    }

    /** A store over these ports. */
    public YStore open() {
        return new YStore(this, this, this, this);
    }

    /** From now on appends fail, or work again. */
    public synchronized void failing(boolean now) {
        failing = now;
    }

    /** From now on an append throws before it gives an answer. */
    public synchronized void breakDown() {
        broken = true;
    }

    /** Appends wait until {@link #release}. */
    public synchronized void hold() {
        holding = true;
    }

    /** Lets all appends that wait go on. */
    public void release() {
        List<Runnable> all;
        synchronized (this) {
            holding = false;
            all = new ArrayList<>(waiting);
            waiting.clear();
        }
        all.forEach(Runnable::run);
    }

    /** Appends that wait. */
    public synchronized int held() {
        return waiting.size();
    }

    /** The next compaction fails. */
    public synchronized void failCompactionOnce() {
        compactionFailing = true;
    }

    /** Changes a stored byte, as a bad disk would. */
    public synchronized void damage(WebspaceId webspace, long generation) {
        LogRow row = rows.get(webspace).get(generation);
        byte[] payload = row.payload().clone();
        payload[payload.length - 1] ^= 1;
        rows.get(webspace).put(generation, new LogRow(
                webspace, generation, row.epoch(), payload, row.crc()));
    }

    /** Names under which something was set aside. */
    public synchronized List<String> namesSetAside() {
        return setAside.values().stream().flatMap(names -> names.keySet().stream()).toList();
    }

    /** Somebody else has owned a webspace in between. */
    public synchronized void steal(WebspaceId webspace) {
        webspaces.computeIfPresent(webspace, (id, held) -> new Held(held.epoch() + 1,
                held.clientId(), held.floor(), Optional.empty(), 0));
    }

    /** The owner of a webspace is not heard of any more. */
    public synchronized void expire(WebspaceId webspace) {
        webspaces.computeIfPresent(webspace, (id, held) ->
                held.until(held.by(), System.nanoTime()));
    }

    /** From now on nobody's lease is renewed, or they are again. */
    public synchronized void deaf(boolean now) {
        deaf = now;
    }

    @Override
    public CompletionStage<AppendResult> append(LogRow row) {
        CompletableFuture<AppendResult> answer = new CompletableFuture<>();
        synchronized (this) {
            if (broken) {
                throw new IllegalStateException("the store is broken");
            }
            if (holding) {
                waiting.add(() -> write(row, answer));
                return answer;
            }
        }
        write(row, answer);
        return answer;
    }

    private void write(LogRow row, CompletableFuture<AppendResult> answer) {
        AppendResult result;
        synchronized (this) {
            if (failing) {
                answer.completeExceptionally(new IllegalStateException("the disk is full"));
                return;
            }
            TreeMap<Long, LogRow> log =
                    rows.computeIfAbsent(row.webspace(), id -> new TreeMap<>());
            LogRow known = log.get(row.generation());
            boolean repeated = known != null && known.epoch() == row.epoch()
                    && known.crc() == row.crc();
            boolean holds = known == null
                    && webspaces.get(row.webspace()).epoch() == row.epoch();
            if (holds) {
                log.put(row.generation(), row);
            }
            result = holds || repeated
                    ? new AppendResult.Appended() : new AppendResult.EpochLost();
        }
        answer.complete(result);
    }

    @Override
    public synchronized CompletionStage<List<LogRow>> readAfter(
            WebspaceId webspace, long generation) {
        TreeMap<Long, LogRow> log = rows.getOrDefault(webspace, new TreeMap<>());
        return CompletableFuture.completedStage(
                List.copyOf(log.tailMap(generation, false).values()));
    }

    @Override
    public synchronized CompletionStage<Void> move(
            Lease lease, RecoveredDoc.Damage damage, String name) {
        WebspaceId webspace = lease.webspace();
        if (webspaces.get(webspace).epoch() != lease.epoch()) {
            return CompletableFuture.failedStage(new IllegalStateException("epoch is over"));
        }
        TreeMap<Long, LogRow> log = rows.getOrDefault(webspace, new TreeMap<>());
        raiseFloor(webspace, log.isEmpty() ? 0 : log.lastKey());
        List<LogRow> moved = setAside.computeIfAbsent(webspace, id -> new TreeMap<>())
                .computeIfAbsent(name, id -> new ArrayList<>());
        DocSnapshot gone = damage.snapshot() ? snapshots.remove(webspace) : null;
        if (gone != null) {
            raiseFloor(webspace, gone.generation());
            moved.add(new LogRow(webspace, gone.generation(), gone.epoch(), gone.payload(),
                    gone.crc()));
        }
        moved.addAll(log.tailMap(damage.fromGeneration(), true).values());
        log.tailMap(damage.fromGeneration(), true).clear();
        return CompletableFuture.completedStage(null);
    }

    @Override
    public synchronized CompletionStage<List<SetAside>> list(WebspaceId webspace) {
        List<SetAside> listed = new ArrayList<>();
        setAside.getOrDefault(webspace, new TreeMap<>()).forEach((name, moved) -> {
            LongSummaryStatistics generations =
                    moved.stream().mapToLong(LogRow::generation).summaryStatistics();
            listed.add(new SetAside(name, generations.getMin(), generations.getMax(),
                    moved.size(), moved.stream().mapToLong(row -> row.payload().length).sum(),
                    false, Instant.EPOCH));
        });
        return CompletableFuture.completedStage(listed);
    }

    @Override
    public synchronized CompletionStage<List<LogRow>> read(WebspaceId webspace, String name) {
        return CompletableFuture.completedStage(List.copyOf(setAside
                .getOrDefault(webspace, new TreeMap<>()).getOrDefault(name, List.of())));
    }

    @Override
    public synchronized CompletionStage<Integer> drop(
            WebspaceId webspace, String name, Collection<Long> generations) {
        TreeMap<String, List<LogRow>> names =
                setAside.getOrDefault(webspace, new TreeMap<>());
        List<LogRow> moved = names.getOrDefault(name, new ArrayList<>());
        int before = moved.size();
        moved.removeIf(row -> generations.contains(row.generation()));
        if (moved.isEmpty()) {
            names.remove(name);
        }
        return CompletableFuture.completedStage(before - moved.size());
    }

    @Override
    public synchronized CompletionStage<Optional<DocSnapshot>> newest(WebspaceId webspace) {
        return CompletableFuture.completedStage(Optional.ofNullable(snapshots.get(webspace)));
    }

    @Override
    public synchronized CompletionStage<Boolean> compact(DocSnapshot snapshot) {
        if (compactionFailing) {
            compactionFailing = false;
            return CompletableFuture.failedStage(new IllegalStateException("the disk is full"));
        }
        boolean holds = webspaces.get(snapshot.webspace()).epoch() == snapshot.epoch();
        if (holds) {
            snapshots.put(snapshot.webspace(), snapshot);
            rows.getOrDefault(snapshot.webspace(), new TreeMap<>())
                    .headMap(snapshot.generation(), true).clear();
        }
        return CompletableFuture.completedStage(holds);
    }

    @Override
    public synchronized CompletionStage<Creation> create(WebspaceId webspace, String createdBy) {
        if (webspaces.containsKey(webspace)) {
            return CompletableFuture.completedStage(Creation.EXISTED);
        }
        if (webspaces.size() >= WEBSPACES_MAX) {
            return CompletableFuture.completedStage(Creation.LIMIT_REACHED);
        }
        webspaces.put(webspace, new Held(0, FIRST_CLIENT, 0, Optional.empty(), 0));
        return CompletableFuture.completedStage(Creation.CREATED);
    }

    @Override
    public synchronized CompletionStage<List<WebspaceId>> list() {
        return CompletableFuture.completedStage(List.copyOf(webspaces.keySet()));
    }

    @Override
    public synchronized CompletionStage<Acquisition> acquire(
            WebspaceId webspace, Holder holder) {
        Held held = webspaces.get(webspace);
        if (held == null) {
            return CompletableFuture.completedStage(new Acquisition.Unknown());
        }
        boolean own = held.by().filter(by -> by.name().equals(holder.name())).isPresent();
        if (!own && !held.isFree()) {
            return CompletableFuture.completedStage(new Acquisition.HeldBy(
                    held.by().orElseThrow().address(),
                    Duration.ofNanos(held.until() - System.nanoTime())));
        }
        Held next = new Held(held.epoch() + 1, held.clientId() + Lease.KEY_CLIENTS + 1,
                held.floor(), Optional.of(holder), end(holder));
        webspaces.put(webspace, next);
        Lease lease = new Lease(webspace, next.epoch(), next.clientId(), next.floor());
        clients.computeIfAbsent(webspace, id -> new ArrayList<>()).add(lease.clientIds());
        return CompletableFuture.completedStage(new Acquisition.Granted(lease));
    }

    @Override
    public synchronized CompletionStage<List<ClientIds>> clientIds(WebspaceId webspace) {
        return CompletableFuture.completedStage(
                List.copyOf(clients.getOrDefault(webspace, List.of())));
    }

    @Override
    public synchronized CompletionStage<Void> unused(WebspaceId webspace, ClientIds run) {
        clients.getOrDefault(webspace, new ArrayList<>()).remove(run);
        return CompletableFuture.completedStage(null);
    }

    @Override
    public synchronized CompletionStage<Set<WebspaceId>> renew(
            Holder holder, Collection<Lease> leases) {
        if (deaf) {
            return new CompletableFuture<>();
        }
        Set<WebspaceId> renewed = new HashSet<>();
        for (Lease lease : leases) {
            Held held = webspaces.get(lease.webspace());
            if (held.epoch() == lease.epoch() && held.by().isPresent()) {
                webspaces.put(lease.webspace(), held.until(held.by(), end(holder)));
                renewed.add(lease.webspace());
            }
        }
        return CompletableFuture.completedStage(renewed);
    }

    @Override
    public synchronized CompletionStage<Void> release(Collection<Lease> leases) {
        for (Lease lease : leases) {
            webspaces.computeIfPresent(lease.webspace(), (id, held) ->
                    held.epoch() == lease.epoch() ? held.until(Optional.empty(), 0) : held);
        }
        return CompletableFuture.completedStage(null);
    }

    private static long end(Holder holder) {
        return System.nanoTime() + holder.terms().ttl().toNanos();
    }

    private void raiseFloor(WebspaceId webspace, long generation) {
        Held held = webspaces.get(webspace);
        webspaces.put(webspace, new Held(held.epoch(), held.clientId(),
                Math.max(held.floor(), generation), held.by(), held.until()));
    }
}
