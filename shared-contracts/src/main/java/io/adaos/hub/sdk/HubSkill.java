package io.adaos.hub.sdk;

import io.adaos.hub.sdk.wire.CanonicalJson;
import io.adaos.hub.sdk.wire.ClientThreads;
import io.adaos.hub.sdk.wire.HubHttp;
import io.adaos.hub.sdk.wire.HubSocket;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * A skill's way to the hub: slots of documents, details, streams. All of it is declared in the
 * skill's manifest; this class only brings values.
 *
 * <p><b>set</b> comes back when the value is durable, or says why it is not. It may be called on
 * any thread: the work is done on threads of the client, so that a blocked event loop, callback or
 * continuation never waits for itself. On an event loop {@code setAsync} is kinder to its other
 * work; it gives the same outcome, and nothing is sent that nobody can ask after.
 *
 * <p><b>Values</b> are maps, lists, texts, numbers, booleans, null and {@code JsonNode}s; records
 * and beans as Jackson writes them (in a native image these must be registered). They are read
 * before the call returns; what is changed in them afterwards is not seen.
 *
 * <p><b>What is sent.</b> Per slot one request at a time and in the order of the calls; of several
 * values that wait the newest, and those of the others hear {@link SetOutcome.Coalesced} when it is
 * durable. A value is not sent when the hub has confirmed this very value within
 * {@code confirmedFor} and nothing was sent since; after a failed or unanswered request nothing
 * counts as confirmed. Refusals that may pass are repeated after the time the hub names, else from
 * 0.1 to 5 s; how much a skill may write is decided by the hub alone.
 *
 * <p><b>What is owed.</b> After {@link SetOutcome.Deferred} and {@link SetOutcome.Unanswered} the
 * value is sent again until it is durable, refused for good, or overtaken; so it outlives a crash
 * of the hub. A skill that was started anew knows nothing and simply sets its values again.
 *
 * <p><b>Limits.</b> 1,024 slots and streams; 1,024 calls a slot and 32 MiB of values that wait;
 * 32 requests at a time; 1 MiB a value. Beyond them: {@link SetOutcome.Refused}.
 */
public final class HubSkill implements AutoCloseable {

    private static final int TARGETS_MAX = 1_024;

    private final SkillSettings settings;
    private final ClientThreads threads = new ClientThreads("hub-skill");
    private final HubHttp http;
    private final AtomicLong heldBytes = new AtomicLong();
    private final Map<SlotWriter.Target, SlotWriter> slots = new ConcurrentHashMap<>();
    private final Map<StreamReceiver, StreamWriter> streams = new ConcurrentHashMap<>();
    private final StreamDemand demand;

    private HubSkill(SkillSettings settings) {
        this.settings = settings;
        this.http = new HubHttp(settings.hub(), settings.token(), threads);
        this.demand = new StreamDemand(settings.node());
    }

    /** A client; nothing is sent before the first value. */
    public static HubSkill connect(SkillSettings settings) {
        return new HubSkill(settings);
    }

    /** Brings a value to its slot; back when it is durable, at the latest after {@code within}. */
    public SetOutcome set(ProjectionSlot slot, Object value) {
        return await(write(slot, value, false), SetOutcome.Unanswered::new);
    }

    /**
     * The same without waiting. What follows on the stage runs on a thread of the client, for the
     * calls of one slot one after the other, the newest first.
     */
    public CompletionStage<SetOutcome> setAsync(ProjectionSlot slot, Object value) {
        return write(slot, value, false).minimalCompletionStage();
    }

    /** The same, also when the document holds it already. */
    public CompletionStage<SetOutcome> rewriteAsync(ProjectionSlot slot, Object value) {
        return write(slot, value, true).minimalCompletionStage();
    }

    /** Brings a value to the details of a slot, beside the document; by the same rules. */
    public SetOutcome setDetails(ProjectionSlot slot, Object value) {
        return await(writeDetails(slot, value), SetOutcome.Unanswered::new);
    }

    /** The same without waiting. */
    public CompletionStage<SetOutcome> setDetailsAsync(ProjectionSlot slot, Object value) {
        return writeDetails(slot, value).minimalCompletionStage();
    }

    /** Publishes to whoever listens; sent once. */
    public PublishOutcome publish(StreamReceiver receiver, Object payload) {
        return await(message(receiver, payload), PublishOutcome.Unanswered::new);
    }

    /** The same without waiting. */
    public CompletionStage<PublishOutcome> publishAsync(StreamReceiver receiver, Object payload) {
        return message(receiver, payload).minimalCompletionStage();
    }

    /** How the slot stands: pending, ready, stale, throttled or error. */
    public SlotStatus status(ProjectionSlot slot) {
        SlotWriter writer = slots.get(SlotWriter.Target.projection(slot, settings));
        return writer == null ? SlotStatus.UNSET : writer.status();
    }

    /** A new router for the parts of the skill's state. */
    public DirtyRouter router() {
        return new DirtyRouter(this);
    }

    /** Whether anybody listens; true while that is not known. */
    public boolean isWanted(StreamReceiver receiver) {
        return demand().isWanted(receiver);
    }

    /**
     * Ends the client: who waits hears {@link SetOutcome.Unanswered}. What the hub has not taken by
     * now is not sent again.
     */
    @Override
    public void close() {
        threads.close();
        demand.close();
        slots.values().forEach(SlotWriter::close);
    }

    /** Who listens; the socket is opened when it is asked for the first time. */
    StreamDemand demand() {
        demand.open(() -> new HubSocket(settings.hub(), settings.token(), http, threads));
        return demand;
    }

    /** What a builder makes, as JSON. */
    CompletableFuture<byte[]> built(DirtyRouter.Build build, Set<String> dirty) {
        CompletableFuture<byte[]> built = new CompletableFuture<>();
        try {
            threads.pool().execute(() -> {
                try {
                    built.complete(CanonicalJson.bytes(build.build(dirty)));
                } catch (Throwable e) {
                    // The builder's own code: whatever it throws is an outcome of its slot.
                    built.completeExceptionally(e);
                }
            });
        } catch (RuntimeException e) {
            built.completeExceptionally(e);
        }
        return built;
    }

    CompletableFuture<SetOutcome> send(ProjectionSlot slot, byte[] json) {
        return writer(SlotWriter.Target.projection(slot, settings))
                .map(writer -> writer.set(json, false, slot.spacing()))
                .orElseGet(HubSkill::tooManySlots);
    }

    CompletableFuture<PublishOutcome> send(StreamReceiver receiver, byte[] json) {
        if (!streams.containsKey(receiver) && streams.size() >= TARGETS_MAX) {
            return CompletableFuture.completedFuture(new PublishOutcome.Refused(tooMany()));
        }
        return streams.computeIfAbsent(receiver, stream ->
                new StreamWriter(stream, settings.node(), http)).publish(json);
    }

    /** The value of a slot could not be made. */
    CompletableFuture<SetOutcome> failed(ProjectionSlot slot, Throwable failure) {
        Refusal refusal = refusal(failure);
        writer(SlotWriter.Target.projection(slot, settings))
                .ifPresent(writer -> writer.failed(refusal));
        return CompletableFuture.completedFuture(new SetOutcome.Refused(refusal));
    }

    /** The message of a stream could not be made. */
    CompletableFuture<PublishOutcome> failed(Throwable failure) {
        return CompletableFuture.completedFuture(new PublishOutcome.Refused(refusal(failure)));
    }

    private CompletableFuture<SetOutcome> write(
            ProjectionSlot slot, Object value, boolean force) {
        return written(value, json -> writer(SlotWriter.Target.projection(slot, settings))
                .map(writer -> writer.set(json, force, slot.spacing()))
                .orElseGet(HubSkill::tooManySlots));
    }

    private CompletableFuture<SetOutcome> writeDetails(ProjectionSlot slot, Object value) {
        return written(value, json -> writer(SlotWriter.Target.details(slot))
                .map(writer -> writer.set(json, false, slot.spacing()))
                .orElseGet(HubSkill::tooManySlots));
    }

    private static CompletableFuture<SetOutcome> written(
            Object value, Function<byte[], CompletableFuture<SetOutcome>> writing) {
        try {
            return writing.apply(CanonicalJson.bytes(value));
        } catch (CanonicalJson.NotSendable e) {
            return CompletableFuture.completedFuture(new SetOutcome.Refused(Refusal.of(e)));
        }
    }

    private CompletableFuture<PublishOutcome> message(StreamReceiver receiver, Object payload) {
        try {
            return send(receiver, CanonicalJson.bytes(payload));
        } catch (CanonicalJson.NotSendable e) {
            return CompletableFuture.completedFuture(new PublishOutcome.Refused(Refusal.of(e)));
        }
    }

    private Optional<SlotWriter> writer(SlotWriter.Target target) {
        SlotWriter known = slots.get(target);
        if (known == null && slots.size() >= TARGETS_MAX) {
            return Optional.empty();
        }
        return Optional.of(slots.computeIfAbsent(target, key ->
                new SlotWriter(key, settings, http, threads, heldBytes)));
    }

    private static CompletableFuture<SetOutcome> tooManySlots() {
        return CompletableFuture.completedFuture(new SetOutcome.Refused(tooMany()));
    }

    private static Refusal tooMany() {
        return Refusal.local("too_many_targets", "The client writes " + TARGETS_MAX
                + " slots or streams already", "Put rows into details or into one value", false);
    }

    private static Refusal refusal(Throwable failure) {
        return failure instanceof CanonicalJson.NotSendable fault ? Refusal.of(fault)
                : Refusal.local("projection_build_failed", ClientThreads.reason(failure),
                        "Correct the builder; what was there stays", false);
    }

    private static <T> T await(CompletableFuture<T> outcome, Function<String, T> unanswered) {
        try {
            return outcome.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return unanswered.apply("the calling thread was interrupted");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
