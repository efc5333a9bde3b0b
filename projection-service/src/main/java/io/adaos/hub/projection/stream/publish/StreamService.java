package io.adaos.hub.projection.stream.publish;

import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.contracts.id.OwnerId;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.governance.edge.SteadyClock;
import io.adaos.hub.projection.room.RoomDirectory;
import io.adaos.hub.projection.rules.RuleBook;
import io.adaos.hub.projection.rules.follow.InstalledRulesService;
import io.adaos.hub.projection.stream.Publication;
import io.adaos.hub.projection.stream.PublishOutcome;
import io.adaos.hub.projection.stream.StreamHub;
import io.adaos.hub.projection.stream.message.StreamCounts;
import io.adaos.hub.projection.stream.message.TokenBucket;
import io.adaos.hub.projection.stream.publish.StreamRules.Declared;
import io.adaos.hub.projection.stream.topic.StreamPolicy;
import io.adaos.hub.projection.stream.topic.StreamTopic;
import io.adaos.hub.projection.write.diagnostics.MissService;
import io.adaos.hub.projection.write.ingress.WriteRefusal;
import io.adaos.hub.projection.write.ingress.Writer;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.jboss.logging.Logger;

/** Holds the hub of streams, and takes publications through all that must hold for them. */
@ApplicationScoped
public class StreamService {

    private static final Logger LOG = Logger.getLogger(StreamService.class);
    private static final String SCOPE = "stream";
    private static final String PRESSURE = "payload_pressure";
    private static final int PUBLICATIONS_AT_ONCE = 200;
    private static final int PUBLICATIONS_PER_SECOND = 100;
    private static final long FORGET_SECONDS = 10;

    private final InstalledRulesService rules;
    private final MissService misses;
    private final SteadyClock clock;
    private final MeterRegistry meters;
    private final SeenWebspacesStore webspaces;
    private final StreamCounts counts = new StreamCounts();
    private final StreamHub hub;
    private final Map<OwnerId, TokenBucket> paces = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            task -> {
                Thread made = new Thread(task, "streams");
                made.setDaemon(true);
                return made;
            });

    StreamService(InstalledRulesService rules, MissService misses, SteadyClock clock,
            RoomDirectory rooms, MeterRegistry meters) {
        this.rules = rules;
        this.misses = misses;
        this.clock = clock;
        this.meters = meters;
        this.webspaces = new SeenWebspacesStore(rooms);
        this.hub = new StreamHub(StreamHub.Limits.DEFAULT,
                topic -> StreamRules.snapshots(rules.book(), topic), counts);
    }

    /** A publication as it came; the owner may be unknown. */
    record Asked(WebspaceId webspace, String receiver, String credential, byte[] body,
            String correlationId) {
    }

    void onStart(@Observes StartupEvent event) {
        every(FORGET_SECONDS * 1_000, this::forgetOld);
        count("attempted", StreamCounts::attempted);
        count("published", StreamCounts::published);
        count("throttled", StreamCounts::throttled);
        FunctionCounter.builder("hub.stream.suppressed", counts, StreamCounts::unchanged)
                .tag("reason", "unchanged").register(meters);
        FunctionCounter.builder("hub.stream.suppressed", counts, StreamCounts::refused)
                .tag("reason", "refused").register(meters);
        FunctionCounter.builder("hub.stream.queue", counts, StreamCounts::replaced)
                .tag("event", "replaced").register(meters);
        FunctionCounter.builder("hub.stream.queue", counts, StreamCounts::dropped)
                .tag("event", "dropped").register(meters);
        meters.gauge("hub.stream.subscriptions", hub, StreamHub::subscriptions);
        meters.gauge("hub.stream.kept.bytes", hub, StreamHub::keptBytes);
    }

    void onStop(@Observes ShutdownEvent event) {
        timer.shutdownNow();
    }

    /** Where streams are listened to. */
    public StreamHub hub() {
        return hub;
    }

    public StreamCounts counts() {
        return counts;
    }

    /** The time streams go by: milliseconds since 1970 that never jump. */
    public long nowMillis() {
        return clock.millis();
    }

    /** Whether there is such a webspace; fails with {@code store_unavailable}. */
    public Uni<Boolean> exists(WebspaceId webspace) {
        return webspaces.has(webspace);
    }

    /** Does this later, on the one thread of streams; not at all once the service stops. */
    public void after(long millis, Runnable task) {
        if (!timer.isShutdown()) {
            timer.schedule(() -> guarded(task), millis, TimeUnit.MILLISECONDS);
        }
    }

    /** Does this again and again, on the one thread of streams. */
    public void every(long millis, Runnable task) {
        timer.scheduleWithFixedDelay(
                () -> guarded(task), millis, millis, TimeUnit.MILLISECONDS);
    }

    /** Publishes; fails with a problem body that says why not. */
    Uni<StreamAnswer> publish(Writer.Identified who, Asked asked) {
        counts.attempt();
        if (who.writer().isEmpty()) {
            counts.refuse();
            misses.ownerMissing(asked.credential());
            return Uni.createFrom().failure(
                    who.refusal().orElseThrow().problem("", "", clock.millis()));
        }
        Writer writer = who.writer().get();
        return Uni.createFrom().deferred(() -> {
            pace(writer, asked);
            StreamBody body = StreamBody.read(asked.body());
            StreamTopic topic = new StreamTopic(asked.webspace(), body.node(), asked.receiver());
            return exists(asked.webspace())
                    .map(exists -> published(writer, asked, body, judged(writer, topic, exists)));
        }).onFailure().invoke(failure -> counts.refuse());
    }

    private record Judged(StreamTopic topic, StreamPolicy policy) {
    }

    private Judged judged(Writer writer, StreamTopic topic, boolean exists) {
        if (hub.isCore(topic.receiver())
                || topic.receiver().startsWith(StreamTopic.OPERATION_LOGS)) {
            throw problem(writer, topic, WriteRefusal.of(HubErrorCode.WRONG_OWNER,
                    "The receiver '" + topic.receiver() + "' is the core's"));
        }
        RuleBook book = rules.book();
        Declared declared = StreamRules.find(book, topic, writer);
        if (declared instanceof Declared.Unknown unknown) {
            throw problem(writer, topic,
                    WriteRefusal.of(HubErrorCode.POLICY_UNAVAILABLE, unknown.detail()));
        }
        if (declared instanceof Declared.Others others) {
            throw problem(writer, topic, WriteRefusal.of(HubErrorCode.WRONG_OWNER,
                    "The stream '" + topic.receiver() + "' belongs to " + others.owner()));
        }
        if (declared instanceof Declared.Nobody) {
            misses.ruleMissing(new MissService.Slot(
                    topic.webspace(), writer.owner(), SCOPE, topic.receiver()), 0, book);
            throw problem(writer, topic, WriteRefusal.of(HubErrorCode.STREAM_NOT_DECLARED,
                    "Nobody declares the stream '" + topic.receiver() + "' in webspace '"
                            + topic.webspace() + "'"));
        }
        if (!exists) {
            throw problem(writer, topic, WriteRefusal.of(HubErrorCode.WEBSPACE_UNKNOWN,
                    "There is no webspace '" + topic.webspace() + "'"));
        }
        return new Judged(topic, ((Declared.Mine) declared).policy());
    }

    private StreamAnswer published(
            Writer writer, Asked asked, StreamBody body, Judged judged) {
        StreamTopic topic = judged.topic();
        if (body.payload() instanceof StreamBody.Payload.Invalid invalid) {
            throw problem(writer, topic,
                    WriteRefusal.of(HubErrorCode.VALUE_INVALID, invalid.detail()));
        }
        body.over(judged.policy()).ifPresent(excess -> {
            throw problem(writer, topic, tooLarge(excess));
        });
        StreamBody.Payload.Json json = (StreamBody.Payload.Json) body.payload();
        PublishOutcome outcome = hub.publish(new Publication(topic, writer.owner().value(),
                json.text(), json.bytes(), clock.millis(), judged.policy()), clock.millis());
        if (outcome instanceof PublishOutcome.Coalesced waiting) {
            flushAfter(waiting.sentInMillis(), topic);
        }
        String correlation = body.correlationId().orElse(asked.correlationId());
        return answer(outcome, new StreamAnswer("", topic.text(), writer.owner(), 0,
                json.bytes(), null,
                json.bytes() >= judged.policy().warnBytes() ? PRESSURE : null, correlation));
    }

    private static StreamAnswer answer(PublishOutcome outcome, StreamAnswer known) {
        if (outcome instanceof PublishOutcome.Published published) {
            return known.as("published", published.receivers(), null);
        }
        return outcome instanceof PublishOutcome.Coalesced waiting
                ? known.as("coalesced", 0, waiting.sentInMillis())
                : known.as("unchanged", 0, null);
    }

    private void flushAfter(long millis, StreamTopic topic) {
        after(millis, () -> {
            long wait = hub.flush(topic, clock.millis());
            if (wait > 0) {
                flushAfter(wait, topic);
            }
        });
    }

    private void pace(Writer writer, Asked asked) {
        TokenBucket pace = paces.computeIfAbsent(writer.owner(), owner -> new TokenBucket(
                PUBLICATIONS_AT_ONCE, PUBLICATIONS_PER_SECOND, clock.millis()));
        long wait;
        synchronized (pace) {
            wait = pace.take(clock.millis());
        }
        if (wait > 0) {
            throw new WriteRefusal(HubErrorCode.RATE_LIMITED, writer.owner() + " publishes more"
                    + " than " + PUBLICATIONS_PER_SECOND + " times a second",
                    Optional.empty(), Optional.of(PUBLICATIONS_PER_SECOND), Optional.of(wait),
                    Optional.empty()).problem(writer.owner().value(), asked.receiver(),
                            clock.millis());
        }
    }

    private void forgetOld() {
        long now = clock.millis();
        hub.forgetOld(now);
        paces.values().removeIf(pace -> {
            synchronized (pace) {
                return pace.isFull(now);
            }
        });
    }

    private static WriteRefusal tooLarge(StreamBody.Excess excess) {
        return new WriteRefusal(HubErrorCode.PAYLOAD_BUDGET_EXCEEDED,
                "The payload has " + excess.observed() + ' ' + excess.what()
                        + ", its stream carries " + excess.limit()
                        + "; readers keep what they have",
                Optional.of(excess.observed()), Optional.of(excess.limit()), Optional.empty(),
                Optional.empty());
    }

    private HubException problem(
            Writer writer, StreamTopic topic, WriteRefusal refusal) {
        return refusal.problem(writer.owner().value(), topic.text(), clock.millis());
    }

    private void count(String what, ToDoubleFunction<StreamCounts> value) {
        FunctionCounter.builder("hub.stream." + what, counts, value).register(meters);
    }

    /** The edge of the thread: a timer forgets a task that throws. */
    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOG.errorf(e, "event=streams_failed");
        }
    }
}
