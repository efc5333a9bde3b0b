package io.adaos.hub.projection.room;

import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.room.lease.LeaseKeeper;
import io.adaos.hub.projection.room.lease.Tenure;
import io.adaos.hub.projection.room.member.CloseReason;
import io.adaos.hub.projection.room.upkeep.SleepMemory;
import io.adaos.hub.projection.ystore.RecoveredDoc;
import io.adaos.hub.projection.ystore.WebspaceStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** All live rooms of this process; opens each once, when it is first asked for. */
public final class RoomDirectory {

    private static final Logger LOG = Logger.getLogger(RoomDirectory.class);

    /** A store that hangs must not hang those who ask. */
    private static final long OPEN_SECONDS_MAX = 10;

    /** What became of a wish for a webspace. */
    public enum Creation { CREATED, EXISTED, LIMIT_REACHED }

    private final RoomServices services;
    private final Map<WebspaceId, CompletableFuture<Optional<WebspaceRoom>>> rooms =
            new ConcurrentHashMap<>();
    private final LeaseKeeper leases;
    private final RoomSleep sleep;
    private final SleepMemory memory = new SleepMemory();
    private volatile boolean closed;

    public RoomDirectory(RoomServices services) {
        this.services = services;
        this.leases = new LeaseKeeper(services.store(), services.holder());
        this.sleep = new RoomSleep(services, this::live, rooms::size,
                this::putToSleep);
    }

    /** Starts the heartbeat of all rooms and the renewal of leases; they end with the timer. */
    public void start() {
        keepLeases();
        long millis = services.settings().heartbeat().toMillis();
        services.timer().scheduleAtFixedRate(
                this::tickAll, millis, millis, TimeUnit.MILLISECONDS);
        sleep.start();
    }

    /** What must be done with a webspace before its room sleeps. */
    public void beforeSleep(Function<WebspaceId, CompletionStage<Void>> work) {
        sleep.before(work);
    }

    void keepLeases() {
        leases.start(services.timer());
    }

    /** A timer forgets a task that throws, so nothing gets out of here. */
    private void tickAll() {
        try {
            live().forEach(WebspaceRoom::tick);
        } catch (RuntimeException | Error e) {
            LOG.errorf(e, "event=room_heartbeat_failed");
        }
    }

    /** Makes a webspace exist; asking again changes nothing. */
    public CompletionStage<Creation> create(WebspaceId webspace, String createdBy) {
        return services.store().webspaces().create(webspace, createdBy)
                .thenApply(RoomDirectory::creation);
    }

    /** Whether there is such a webspace; opens nothing. */
    public CompletionStage<Boolean> exists(WebspaceId webspace) {
        return list().thenApply(all -> all.contains(webspace));
    }

    /** All webspaces, by name. */
    public CompletionStage<List<WebspaceId>> list() {
        return services.store().webspaces().list();
    }

    /**
     * The room of a webspace, opened when it is not live; empty when there is no such webspace.
     *
     * <p>The stage fails when the store cannot be read, and with
     * {@link io.adaos.hub.projection.ystore.lease.NotOwnerException} when another replica owns the
     * webspace; the next call tries again. A caller that gives up does so for itself only.
     */
    public CompletionStage<Optional<WebspaceRoom>> room(WebspaceId webspace) {
        if (closed) {
            return CompletableFuture.failedStage(
                    new RejectedExecutionException("the service is going down"));
        }
        CompletableFuture<Optional<WebspaceRoom>> fresh = new CompletableFuture<>();
        CompletableFuture<Optional<WebspaceRoom>> known = rooms.putIfAbsent(webspace, fresh);
        if (known != null) {
            use(known);
            return known.minimalCompletionStage();
        }
        sleep.admit().thenCompose(admitted -> fresh.isDone()
                ? CompletableFuture.completedStage(Optional.<WebspaceRoom>empty())
                : open(webspace)).whenComplete((room, failure) -> {
                    if (failure != null || room.isEmpty()) {
                        rooms.remove(webspace, fresh);
                    }
                    if (failure != null) {
                        fresh.completeExceptionally(failure);
                    } else if (!fresh.complete(room)) {
                        room.ifPresent(late -> late.close(CloseReason.RESTART));
                    }
                });
        fresh.orTimeout(OPEN_SECONDS_MAX, TimeUnit.SECONDS).whenComplete((room, failure) -> {
            if (failure != null) {
                rooms.remove(webspace, fresh);
            }
        });
        return fresh.minimalCompletionStage();
    }

    private CompletionStage<Boolean> putToSleep(WebspaceRoom room, Duration quiet) {
        return room.sleep(quiet, memory).thenApply(asleep -> {
            if (asleep) {
                leases.release(List.of(room.tenure()));
            }
            return asleep;
        });
    }

    private static void use(CompletableFuture<Optional<WebspaceRoom>> known) {
        opened(known).ifPresent(WebspaceRoom::use);
    }

    /**
     * Ends all rooms and opens no more; clients come back to the next process, which need not
     * wait for the leases.
     */
    public CompletionStage<Void> close() {
        closed = true;
        List<Tenure> held = leases.held();
        live().forEach(room -> room.close(CloseReason.RESTART));
        return leases.release(held);
    }

    /** The room of a webspace if it is live here; opens nothing, and does not keep it awake. */
    public Optional<WebspaceRoom> live(WebspaceId webspace) {
        return opened(rooms.get(webspace));
    }

    /** All live rooms, which this does not keep awake. */
    public List<WebspaceRoom> live() {
        List<WebspaceRoom> live = new ArrayList<>();
        rooms.values().forEach(opening -> opened(opening).ifPresent(live::add));
        return live;
    }

    private static Optional<WebspaceRoom> opened(
            CompletableFuture<Optional<WebspaceRoom>> opening) {
        return opening != null && opening.isDone() && !opening.isCompletedExceptionally()
                ? opening.join() : Optional.empty();
    }

    private CompletionStage<Optional<WebspaceRoom>> open(WebspaceId webspace) {
        return leases.take(webspace).thenCompose(taken -> taken.isEmpty()
                ? CompletableFuture.completedStage(Optional.empty())
                : open(taken.get()).thenApply(Optional::of));
    }

    private CompletionStage<WebspaceRoom> open(Tenure tenure) {
        return services.store().recover(tenure.lease())
                .thenApply(recovered ->
                        memory.awake(tenure, recovered, services.store().webspaces()))
                .thenComposeAsync(recovered -> load(tenure, recovered), services.threads())
                .thenCompose(loaded -> services.store().setAsides()
                        .list(loaded.lease().webspace())
                        .thenApply(parts -> opened(loaded, tenure, !parts.isEmpty())))
                .whenComplete((room, failure) -> {
                    if (failure != null) {
                        leases.forget(tenure);
                    }
                });
    }

    private CompletionStage<LoadedDoc> load(Tenure tenure, RecoveredDoc recovered) {
        LoadedDoc loaded = LoadedDoc.of(recovered);
        recovered.damage().ifPresent(damage -> report(loaded, damage));
        if (loaded.damage().isEmpty()) {
            return CompletableFuture.completedStage(loaded);
        }
        if (recovered.lease().clientId() != tenure.lease().clientId()) {
            throw new IllegalStateException("the log of a room that slept cannot be read; "
                    + "the next opening takes new client ids");
        }
        RecoveredDoc.Damage damage = loaded.damage().get();
        return services.store().setAside(loaded.lease(), damage).thenApply(done -> {
            report(loaded, damage);
            return loaded;
        });
    }

    private WebspaceRoom opened(LoadedDoc loaded, Tenure tenure, boolean incomplete) {
        LOG.infof("event=room_opened webspaceId=%s epoch=%d generation=%d structs=%d",
                loaded.lease().webspace(), loaded.lease().epoch(), loaded.generation(),
                loaded.doc().structCount());
        WebspaceRoom room = new WebspaceRoom(loaded, tenure, services, this::forget);
        room.incomplete(incomplete);
        tenure.onLost(() -> room.close(CloseReason.RESTART));
        services.upkeep().counts().opened();
        room.start();
        return room;
    }

    private static Creation creation(WebspaceStore.Creation stored) {
        return switch (stored) {
            case CREATED -> Creation.CREATED;
            case EXISTED -> Creation.EXISTED;
            case LIMIT_REACHED -> Creation.LIMIT_REACHED;
        };
    }

    private void report(LoadedDoc loaded, RecoveredDoc.Damage damage) {
        LOG.errorf("event=room_log_set_aside webspaceId=%s fromGeneration=%d snapshot=%s",
                loaded.lease().webspace(), damage.fromGeneration(), damage.snapshot());
        services.events().setAside(loaded.lease().webspace(), damage);
    }

    /** A room may end before those who asked for it have got it. */
    private void forget(WebspaceRoom room) {
        leases.forget(room.tenure());
        CompletableFuture<Optional<WebspaceRoom>> opening = rooms.get(room.webspace());
        if (opening != null) {
            opening.thenAccept(opened -> opened.filter(room::equals).ifPresent(
                    ended -> rooms.remove(room.webspace(), opening)));
        }
        sleep.admitNext();
    }
}
