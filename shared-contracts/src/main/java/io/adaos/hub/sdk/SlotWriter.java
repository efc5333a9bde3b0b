package io.adaos.hub.sdk;

import io.adaos.hub.sdk.SlotStatus.State;
import io.adaos.hub.sdk.wire.CanonicalJson;
import io.adaos.hub.sdk.wire.ClientThreads;
import io.adaos.hub.sdk.wire.HubHttp;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Brings the newest value of one slot to the hub, one request at a time. */
final class SlotWriter {
    /*
     * Notes.
     *
     * A slot has at most two values here: the one that is being sent, and the newest one after it.
     * A newer value takes the place of the one that waits, together with those who wait for it;
     * when a request comes back without a durable end, the newer value is sent instead of the same
     * again. So order is kept, and memory does not grow with the number of calls.
     *
     * A value is dropped when it is durable, when a newer one took its place, or when everybody who
     * set it was told that it is refused. Whoever was told anything else is owed it.
     *
     * What the hub holds is known from its answers only. It is forgotten before each request and
     * learned again from a durable answer, so a request that failed leaves nothing to believe.
     */

    private static final Duration ASK_MAX = Duration.ofSeconds(30);
    private static final Duration ASK_MIN = Duration.ofMillis(50);
    private static final long BACKOFF_MILLIS = 100;
    private static final long BACKOFF_MILLIS_MAX = 5_000;
    private static final int WAITING_MAX = 1_024;
    private static final long HELD_BYTES_MAX = 32 << 20;

    private final Target target;
    private final ClientThreads threads;
    private final HubHttp http;
    private final SkillSettings settings;
    private final AtomicLong heldBytes;

    private final List<Waiter> waiters = new ArrayList<>();
    private Optional<Value> sending = Optional.empty();
    private Optional<Value> newest = Optional.empty();
    private Optional<Confirmed> confirmed = Optional.empty();
    private State state = State.PENDING;
    private Optional<Refusal> refusal = Optional.empty();
    private Duration spacing = Duration.ZERO;
    private boolean isOwed;
    private boolean isTimed;
    private boolean isWatched;
    private long numbers;
    /** The newest value of which a request came back without a clear end. */
    private long unclear;
    private long notBefore;
    private int failures;

    /** @param heldBytes of the values of all slots of the client */
    SlotWriter(Target target, SkillSettings settings, HubHttp http, ClientThreads threads,
            AtomicLong heldBytes) {
        this.target = target;
        this.settings = settings;
        this.http = http;
        this.threads = threads;
        this.heldBytes = heldBytes;
        this.notBefore = threads.now();
    }

    /**
     * Where the values of a slot go.
     *
     * @param start what stands in the body before the value, and so opens an object; else empty
     */
    record Target(String method, String path, String start) {

        static Target projection(ProjectionSlot slot, SkillSettings settings) {
            return new Target("POST", path(slot, "projections"), "{\"scope\":\"" + slot.scope()
                    + '"' + settings.node().map(node -> ",\"node_id\":\"" + node + '"').orElse("")
                    + ",\"value\":");
        }

        static Target details(ProjectionSlot slot) {
            return new Target("PUT", path(slot, "details"), "");
        }

        private static String path(ProjectionSlot slot, String kind) {
            return "/v1/webspaces/" + slot.webspace() + '/' + kind + '/' + slot.name();
        }

        private String query(Duration wait) {
            return start.isEmpty() ? "" : "?wait=durable&timeout_ms=" + wait.toMillis();
        }

        private byte[] body(Value value) {
            String end = start.isEmpty() ? "" : value.force() ? ",\"force\":true}" : "}";
            ByteArrayOutputStream body = new ByteArrayOutputStream(value.json().length + 128);
            body.writeBytes(start.getBytes(StandardCharsets.UTF_8));
            body.writeBytes(value.json());
            body.writeBytes(end.getBytes(StandardCharsets.UTF_8));
            return body.toByteArray();
        }
    }

    /** A value to be sent; the number tells which is newer. */
    private record Value(long number, byte[] json, String fingerprint, boolean force) {
    }

    private record Confirmed(String fingerprint, long generation, long at) {
    }

    /** Somebody who waits for a value, at most until a time. */
    private record Waiter(long number, long until, CompletableFuture<SetOutcome> told) {
    }

    /** How the slot stands, and why it was refused last. */
    synchronized SlotStatus status() {
        return new SlotStatus(state, refusal, confirmed.map(known ->
                OptionalLong.of(known.generation())).orElseGet(OptionalLong::empty));
    }

    /** Puts the value in the place of what waits. */
    CompletableFuture<SetOutcome> set(byte[] json, boolean force, Duration spacing) {
        CompletableFuture<SetOutcome> told = new CompletableFuture<>();
        String fingerprint = CanonicalJson.fingerprint(json);
        synchronized (this) {
            long now = threads.now();
            Optional<SetOutcome> known = force ? Optional.empty() : confirmed(fingerprint, now);
            Optional<SetOutcome> answer = known.or(() -> noRoom(json.length));
            if (known.isPresent()) {
                state = State.READY;
                refusal = Optional.empty();
            }
            if (answer.isPresent()) {
                return CompletableFuture.completedFuture(answer.get());
            }
            long number = ++numbers;
            waiters.add(new Waiter(number, now + settings.within().toNanos(), told));
            newest.ifPresent(this::release);
            newest = Optional.of(new Value(number, json, fingerprint, force));
            this.spacing = spacing;
            if (state == State.READY || state == State.ERROR) {
                state = State.PENDING;
            }
        }
        watch();
        proceed();
        return told;
    }

    private Optional<SetOutcome> confirmed(String fingerprint, long now) {
        return confirmed.filter(known -> sending.isEmpty() && newest.isEmpty()
                        && known.fingerprint().equals(fingerprint)
                        && now - known.at() < settings.confirmedFor().toNanos())
                .map(known -> new SetOutcome.Unchanged(known.generation()));
    }

    /** Takes the room for a value, or says why there is none. */
    private Optional<SetOutcome> noRoom(int bytes) {
        if (threads.isClosed()) {
            return refused("client_closed", "The client was closed", "Connect again", false);
        }
        if (waiters.size() == WAITING_MAX) {
            return refused("queue_full", WAITING_MAX + " calls wait for this slot",
                    "Wait for the outcome of a call before the next one", true);
        }
        if (heldBytes.addAndGet(bytes) > HELD_BYTES_MAX) {
            heldBytes.addAndGet(-bytes);
            return refused("queue_full", "Values of more than " + HELD_BYTES_MAX
                    + " bytes wait for the hub", "Write less, or wait until the hub answers", true);
        }
        return Optional.empty();
    }

    private static Optional<SetOutcome> refused(
            String reason, String detail, String remedy, boolean retryable) {
        return Optional.of(new SetOutcome.Refused(
                Refusal.local(reason, detail, remedy, retryable)));
    }

    private void release(Value value) {
        heldBytes.addAndGet(-value.json().length);
    }

    /** The value could not even be made. */
    synchronized void failed(Refusal why) {
        state = State.ERROR;
        refusal = Optional.of(why);
    }

    /** Sends what waits, now or when its time has come. */
    private void proceed() {
        Value value;
        Duration wait;
        synchronized (this) {
            if (sending.isPresent() || newest.isEmpty() || isTimed || threads.isClosed()) {
                return;
            }
            long now = threads.now();
            if (notBefore - now > 0) {
                isTimed = true;
                threads.after(Duration.ofNanos(notBefore - now), () -> {
                    synchronized (this) {
                        isTimed = false;
                    }
                    proceed();
                });
                return;
            }
            value = newest.get();
            wait = askFor(now);
            sending = newest;
            newest = Optional.empty();
            confirmed = Optional.empty();
            notBefore = now + spacing.toNanos();
        }
        http.send(target.method(), target.path() + target.query(wait), target.body(value), wait)
                .handle((reply, failure) -> failure == null ? SetOutcome.of(reply)
                        : new SetOutcome.Unanswered(ClientThreads.reason(failure)))
                .thenAccept(outcome -> ended(value, outcome));
    }

    /** Nearly as long as somebody waits for it, so that a value held back is asked for once. */
    private Duration askFor(long now) {
        long longest = waiters.stream().mapToLong(waiter -> (waiter.until() - now) / 8 * 7)
                .max().orElse(ASK_MAX.toNanos());
        return Duration.ofNanos(Math.min(ASK_MAX.toNanos(), Math.max(ASK_MIN.toNanos(), longest)));
    }

    private void ended(Value value, SetOutcome outcome) {
        List<Runnable> answers;
        synchronized (this) {
            sending = Optional.empty();
            if (outcome.isDurable()) {
                answers = durable(value, outcome);
            } else if (outcome instanceof SetOutcome.Refused refused
                    && !refused.refusal().retryable()) {
                answers = refusedForGood(value, refused);
            } else {
                answers = again(value, outcome);
            }
        }
        // What is told may wait for what comes next, so that goes first.
        proceed();
        answers.forEach(Runnable::run);
    }

    private List<Runnable> durable(Value value, SetOutcome outcome) {
        OptionalLong generation = generation(outcome);
        if (!(outcome instanceof SetOutcome.Coalesced)) {
            confirmed = Optional.of(new Confirmed(
                    value.fingerprint(), generation.orElse(0), threads.now()));
        }
        settle(value, State.READY, Optional.empty());
        failures = 0;
        return tell(value, outcome, new SetOutcome.Coalesced(generation));
    }

    private List<Runnable> refusedForGood(Value value, SetOutcome.Refused outcome) {
        settle(value, State.ERROR, Optional.of(outcome.refusal()));
        failures = 0;
        List<Runnable> answers = new ArrayList<>(tellThose(waiters.stream()
                .filter(waiter -> waiter.number() < value.number() && waiter.number() <= unclear)
                .toList(), new SetOutcome.Unanswered("a newer value was refused")));
        answers.addAll(tell(value, outcome, outcome));
        return answers;
    }

    /** Not done yet: the same value or a newer one goes again after a while. */
    private List<Runnable> again(Value value, SetOutcome outcome) {
        long now = threads.now();
        notBefore = Math.max(notBefore, now + pause(outcome).toNanos());
        List<Waiter> those = waiters.stream()
                .filter(waiter -> waiter.number() <= value.number()).toList();
        List<Runnable> answers = List.of();
        if (outcome instanceof SetOutcome.Refused refused) {
            refusal = Optional.of(refused.refusal());
            state = State.THROTTLED;
            answers = tellThose(those.stream()
                    .filter(waiter -> waiter.until() - notBefore < 0).toList(), outcome);
        } else {
            isOwed = true;
            unclear = value.number();
            refusal = Optional.empty();
            state = State.STALE;
        }
        if (outcome instanceof SetOutcome.Deferred) {
            state = State.THROTTLED;
            long soon = now + settings.within().toNanos() / 4;
            answers = tellThose(those.stream()
                    .filter(waiter -> waiter.until() - soon < 0).toList(), outcome);
        }
        boolean isWanted = isOwed || answers.size() < those.size();
        if (newest.isEmpty() && isWanted) {
            newest = Optional.of(value);
        } else {
            release(value);
        }
        return answers;
    }

    private Duration pause(SetOutcome outcome) {
        if (outcome instanceof SetOutcome.Deferred deferred) {
            return deferred.retryAfter();
        }
        long backoff = Math.min(BACKOFF_MILLIS_MAX, BACKOFF_MILLIS << Math.min(failures++, 10));
        long asked = outcome instanceof SetOutcome.Refused refused
                ? refused.refusal().retryAfter().orElse(Duration.ZERO).toMillis() : 0;
        // Clients that were refused together come back one by one.
        return Duration.ofMillis(Math.max(asked, backoff / 2)
                + ThreadLocalRandom.current().nextLong(backoff / 2 + 1));
    }

    /** The newest value there is has come to an end; a newer one begins anew. */
    private void settle(Value value, State reached, Optional<Refusal> why) {
        release(value);
        refusal = why;
        state = newest.isPresent() ? State.PENDING : reached;
        isOwed = isOwed && newest.isPresent();
    }

    /** Those of this value hear its outcome, those of older ones what that means for theirs. */
    private List<Runnable> tell(Value value, SetOutcome own, SetOutcome older) {
        List<Runnable> answers = new ArrayList<>(tellThose(waiters.stream()
                .filter(waiter -> waiter.number() == value.number()).toList(), own));
        answers.addAll(tellThose(waiters.stream()
                .filter(waiter -> waiter.number() < value.number()).toList(), older));
        return answers;
    }

    private List<Runnable> tellThose(List<Waiter> those, SetOutcome outcome) {
        waiters.removeAll(those);
        return those.stream().<Runnable>map(waiter ->
                () -> waiter.told().complete(outcome)).toList();
    }

    /** One timer for all who wait: for the one whose time ends first. */
    private void watch() {
        Duration wait;
        synchronized (this) {
            if (isWatched || waiters.isEmpty()) {
                return;
            }
            isWatched = true;
            wait = Duration.ofNanos(waiters.get(0).until() - threads.now());
        }
        threads.after(wait, this::tellLate);
    }

    /** Whoever has waited long enough hears how it stands; the value stays owed. */
    private void tellLate() {
        List<Runnable> answers;
        synchronized (this) {
            isWatched = false;
            long now = threads.now();
            List<Waiter> late = waiters.stream()
                    .filter(waiter -> waiter.until() - now <= 0).toList();
            isOwed = isOwed || !late.isEmpty();
            answers = tellThose(late, notYet(now));
        }
        watch();
        answers.forEach(Runnable::run);
    }

    private SetOutcome notYet(long now) {
        return state == State.THROTTLED && refusal.isEmpty()
                ? new SetOutcome.Deferred("not_durable_in_time",
                        Duration.ofNanos(Math.max(0, notBefore - now)))
                : new SetOutcome.Unanswered("no durable answer within " + settings.within());
    }

    /** The client ends: everybody hears that nothing more is known. */
    void close() {
        List<Runnable> answers;
        synchronized (this) {
            answers = tellThose(List.copyOf(waiters),
                    new SetOutcome.Unanswered("the client was closed"));
        }
        answers.forEach(Runnable::run);
    }

    private static OptionalLong generation(SetOutcome outcome) {
        if (outcome instanceof SetOutcome.Applied applied) {
            return OptionalLong.of(applied.generation());
        }
        if (outcome instanceof SetOutcome.Unchanged unchanged) {
            return OptionalLong.of(unchanged.generation());
        }
        return outcome instanceof SetOutcome.Coalesced coalesced
                ? coalesced.generation() : OptionalLong.empty();
    }
}
