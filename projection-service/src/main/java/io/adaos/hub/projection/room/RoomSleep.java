package io.adaos.hub.projection.room;

import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.room.upkeep.SleepSettings;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Puts rooms to sleep that nobody uses, and keeps the number of live ones in bounds. */
final class RoomSleep {

    /*
     * Notes on the bound.
     *
     * A write to a webspace that sleeps opens its room, also when there are as many as there
     * should be: then the room that was idle longest falls asleep, and if that is this one, it
     * sleeps again as soon as its write is in the log. So the bound is passed by a few rooms for a
     * moment. Who would pass it by more waits until some are asleep; and when none can sleep, as
     * sockets are in all of them, a few at a time are let through.
     */

    private static final Logger LOG = Logger.getLogger(RoomSleep.class);

    /** While there are too many, a room that was used this long ago is idle. */
    private static final Duration CROWDED_QUIET = Duration.ofMillis(100);
    private static final long CROWDED_MILLIS = 50;
    private static final long SWEEP_MILLIS_MAX = 1_000;
    private static final int ABOVE_MAX = 16;

    private final RoomServices services;
    private final SleepSettings settings;
    private final Supplier<List<WebspaceRoom>> live;
    private final IntSupplier count;
    private final BiFunction<WebspaceRoom, Duration, CompletionStage<Boolean>> sleeper;
    private final AtomicBoolean sweeping = new AtomicBoolean();
    private final AtomicBoolean comesSoon = new AtomicBoolean();
    private final Deque<CompletableFuture<Void>> waiting = new ArrayDeque<>();   // by itself
    private volatile Function<WebspaceId, CompletionStage<Void>> before =
            webspace -> CompletableFuture.completedStage(null);

    /**
     * @param count rooms that are live, opening or waiting to be opened
     * @param sleeper puts a room to sleep that was quiet for so long, if it is still
     */
    RoomSleep(RoomServices services, Supplier<List<WebspaceRoom>> live, IntSupplier count,
            BiFunction<WebspaceRoom, Duration, CompletionStage<Boolean>> sleeper) {
        this.services = services;
        this.settings = services.settings().sleep();
        this.live = live;
        this.count = count;
        this.sleeper = sleeper;
    }

    void before(Function<WebspaceId, CompletionStage<Void>> work) {
        before = work;
    }

    void start() {
        long millis = Math.max(1, Math.min(SWEEP_MILLIS_MAX, settings.after().toMillis() / 4));
        services.timer().scheduleWithFixedDelay(
                this::sweep, millis, millis, TimeUnit.MILLISECONDS);
    }

    /** Completes when one more room may be opened. */
    CompletionStage<Void> admit() {
        int now = count.getAsInt();
        if (now > settings.roomsMax()) {
            sweepSoon();
        }
        synchronized (waiting) {
            if (now - waiting.size() <= settings.roomsMax() + ABOVE_MAX) {
                return CompletableFuture.completedStage(null);
            }
            CompletableFuture<Void> turn = new CompletableFuture<>();
            waiting.add(turn);
            return turn;
        }
    }

    /** Lets in who waits, as far as there is room. */
    void admitNext() {
        admitNext(0);
    }

    private void admitNext(int beyond) {
        List<CompletableFuture<Void>> next = new ArrayList<>();
        synchronized (waiting) {
            int places = settings.roomsMax() + ABOVE_MAX - (count.getAsInt() - waiting.size());
            for (int i = 0; i < Math.max(places, beyond) && !waiting.isEmpty(); i++) {
                next.add(waiting.poll());
            }
        }
        next.forEach(turn -> turn.complete(null));
    }

    private boolean isAwaited() {
        synchronized (waiting) {
            return !waiting.isEmpty();
        }
    }

    private boolean isCrowded() {
        return count.getAsInt() > settings.roomsMax();
    }

    private void sweepSoon() {
        if (comesSoon.compareAndSet(false, true)) {
            services.timer().schedule(() -> {
                comesSoon.set(false);
                sweep();
            }, CROWDED_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** A timer forgets a task that throws, so nothing gets out of here. */
    private void sweep() {
        if (!sweeping.compareAndSet(false, true)) {
            return;
        }
        CompletableFuture.completedStage(null).thenCompose(start -> fallAsleep())
                .whenComplete((slept, failure) -> {
                    sweeping.set(false);
                    if (failure != null) {
                        LOG.errorf(failure, "event=room_sleep_failed");
                    }
                    admitNext(failure == null && slept == 0 ? ABOVE_MAX : 0);
                    if (isCrowded() && (isAwaited() || failure == null && slept > 0)) {
                        sweepSoon();
                    }
                });
    }

    /** Completes with how many rooms fell asleep. */
    private CompletionStage<Integer> fallAsleep() {
        int tooMany = count.getAsInt() - settings.roomsMax();
        Duration quiet = tooMany > 0 && CROWDED_QUIET.compareTo(settings.after()) < 0
                ? CROWDED_QUIET : settings.after();
        List<WebspaceRoom> idle = new ArrayList<>(live.get());
        idle.removeIf(room -> room.idleNanos() < quiet.toNanos());
        idle.sort(Comparator.comparingLong(WebspaceRoom::idleNanos).reversed());
        return all(idle, room -> room.isQuiet(quiet)).thenCompose(sleepy -> {
            List<WebspaceRoom> chosen = new ArrayList<>();
            for (WebspaceRoom room : sleepy) {
                if (chosen.size() < tooMany
                        || room.idleNanos() >= settings.after().toNanos()) {
                    chosen.add(room);
                }
            }
            return all(chosen, room -> putToSleep(room, quiet)).thenApply(List::size);
        });
    }

    /** What waits elsewhere is written first; if that was anything, the room is in use again. */
    private CompletionStage<Boolean> putToSleep(WebspaceRoom room, Duration quiet) {
        return before.apply(room.webspace()).thenCompose(written -> sleeper.apply(room, quiet))
                .thenApply(isAsleep -> {
                    if (isAsleep) {
                        services.upkeep().counts().slept();
                        LOG.debugf("event=room_asleep webspaceId=%s", room.webspace());
                    }
                    return isAsleep;
                });
    }

    /** Those for which the answer was yes, in their order. */
    private static CompletionStage<List<WebspaceRoom>> all(List<WebspaceRoom> rooms,
            Function<WebspaceRoom, CompletionStage<Boolean>> question) {
        List<CompletableFuture<Boolean>> answers = rooms.stream()
                .map(room -> question.apply(room).toCompletableFuture()
                        .exceptionally(failure -> false)).toList();
        return CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new))
                .thenApply(done -> {
                    List<WebspaceRoom> yes = new ArrayList<>();
                    for (int i = 0; i < rooms.size(); i++) {
                        if (answers.get(i).join()) {
                            yes.add(rooms.get(i));
                        }
                    }
                    return yes;
                });
    }
}
