package io.adaos.hub.projection.ystore;

import io.adaos.hub.contracts.id.WebspaceId;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The three ports in memory, which can be made to fail, to wait or to hold damaged rows. */
public final class InMemoryYStore implements UpdateLog, DocSnapshotStore, WebspaceStore {

    private static final long FIRST_CLIENT = 1_000_000;

    private record Held(long epoch, long clientId, long floor) {
    }

    private final Map<WebspaceId, Held> webspaces = new TreeMap<>(
            (a, b) -> a.value().compareTo(b.value()));
    private final Map<WebspaceId, TreeMap<Long, LogRow>> rows = new HashMap<>();
    private final Map<WebspaceId, DocSnapshot> snapshots = new HashMap<>();
    private final List<String> setAside = new ArrayList<>();
    private final List<Runnable> waiting = new ArrayList<>();
    private boolean failing;
    private boolean broken;
    private boolean holding;

    public InMemoryYStore() {
        webspaces.put(WebspaceId.DESKTOP, new Held(0, FIRST_CLIENT, 0));
    }

    /** A store over these ports. */
    public YStore open() {
        return new YStore(this, this, this, Clock.systemUTC());
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
        return List.copyOf(setAside);
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
    public synchronized CompletionStage<Void> setAside(
            Lease lease, long fromGeneration, String name) {
        TreeMap<Long, LogRow> log = rows.getOrDefault(lease.webspace(), new TreeMap<>());
        raiseFloor(lease.webspace(), log.isEmpty() ? 0 : log.lastKey());
        log.tailMap(fromGeneration, true).clear();
        setAside.add(name);
        return CompletableFuture.completedStage(null);
    }

    @Override
    public synchronized CompletionStage<Optional<DocSnapshot>> newest(WebspaceId webspace) {
        return CompletableFuture.completedStage(Optional.ofNullable(snapshots.get(webspace)));
    }

    @Override
    public synchronized CompletionStage<Boolean> compact(DocSnapshot snapshot) {
        boolean holds = webspaces.get(snapshot.webspace()).epoch() == snapshot.epoch();
        if (holds) {
            snapshots.put(snapshot.webspace(), snapshot);
            rows.getOrDefault(snapshot.webspace(), new TreeMap<>())
                    .headMap(snapshot.generation(), true).clear();
        }
        return CompletableFuture.completedStage(holds);
    }

    @Override
    public synchronized CompletionStage<Void> setAside(Lease lease, String name) {
        DocSnapshot gone = snapshots.remove(lease.webspace());
        raiseFloor(lease.webspace(), gone == null ? 0 : gone.generation());
        setAside.add(name);
        return CompletableFuture.completedStage(null);
    }

    @Override
    public synchronized CompletionStage<Creation> create(WebspaceId webspace, String createdBy) {
        if (webspaces.containsKey(webspace)) {
            return CompletableFuture.completedStage(Creation.EXISTED);
        }
        if (webspaces.size() >= WEBSPACES_MAX) {
            return CompletableFuture.completedStage(Creation.LIMIT_REACHED);
        }
        webspaces.put(webspace, new Held(0, FIRST_CLIENT, 0));
        return CompletableFuture.completedStage(Creation.CREATED);
    }

    @Override
    public synchronized CompletionStage<List<WebspaceId>> list() {
        return CompletableFuture.completedStage(List.copyOf(webspaces.keySet()));
    }

    @Override
    public synchronized CompletionStage<Optional<Lease>> acquire(
            WebspaceId webspace, String holder) {
        Held held = webspaces.get(webspace);
        if (held == null) {
            return CompletableFuture.completedStage(Optional.empty());
        }
        Held next = new Held(held.epoch() + 1, held.clientId() + 1, held.floor());
        webspaces.put(webspace, next);
        return CompletableFuture.completedStage(Optional.of(
                new Lease(webspace, next.epoch(), next.clientId(), next.floor())));
    }

    private void raiseFloor(WebspaceId webspace, long generation) {
        Held held = webspaces.get(webspace);
        webspaces.put(webspace, new Held(
                held.epoch(), held.clientId(), Math.max(held.floor(), generation)));
    }
}
