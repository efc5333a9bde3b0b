package io.adaos.hub.projection.stream;

import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.stream.message.EventFrames;
import io.adaos.hub.projection.stream.message.StreamCounts;
import io.adaos.hub.projection.stream.message.StreamMessage;
import io.adaos.hub.projection.stream.topic.ControlTopic;
import io.adaos.hub.projection.stream.topic.SnapshotPolicy;
import io.adaos.hub.projection.stream.topic.StreamTopic;
import io.adaos.hub.projection.stream.topic.TopicPattern;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Brings what is published to who listens: newest value first, at the pace of each stream, to
 * everybody from one lock. Nothing here waits: listeners take messages in and send them themselves.
 */
public final class StreamHub {
    /*
     * Notes on order.
     *
     * Everything happens under one lock, so that whoever begins to listen gets the kept value
     * before anything newer, and who hears of listeners hears in the order in which they came.
     * What is done under it is short: maps, and queues of sockets. A stream that was told to wait
     * must be flushed by the caller when its time has come.
     */

    /**
     * What is held at most, and for how long.
     *
     * @param perListener topics of one socket
     * @param subscriptions of all sockets
     * @param keptMillis how long a value is shown to who comes later
     * @param fanOutBytesPerSecond of one stream to all its readers together
     */
    public record Limits(int perListener, int subscriptions, long keptMillis,
            long fanOutBytesPerSecond, long bytesPerWebspace, int streamsPerWebspace,
            long bytesInAll) {

        /** As the documentation says. */
        public static final Limits DEFAULT = new Limits(
                128, 100_000, 600_000, 16L << 20, 8L << 20, 1_000, 64L << 20);
    }

    private static final long ASK_EVERY_MILLIS = 1_000;
    private static final long MILLIS_PER_SECOND = 1_000;
    private static final String CORE = "core:streams";

    private final Limits limits;
    private final Function<StreamTopic, SnapshotPolicy> declared;
    private final StreamCounts counts;
    private final Audience audience;
    private final StreamShelf shelf;
    private final List<CoreStream> core = new ArrayList<>();
    private final List<DemandWatch> watches = new ArrayList<>();
    private final Map<ControlTopic, Set<StreamListener>> publishers =
            new EnumMap<>(ControlTopic.class);

    /** @param declared what is said about snapshots of streams that nobody has published yet */
    public StreamHub(
            Limits limits, Function<StreamTopic, SnapshotPolicy> declared, StreamCounts counts) {
        this.limits = limits;
        this.declared = declared;
        this.counts = counts;
        this.audience = new Audience(limits.perListener(), limits.subscriptions());
        this.shelf = new StreamShelf(new StreamShelf.Bounds(limits.bytesPerWebspace(),
                limits.streamsPerWebspace(), limits.bytesInAll()));
        for (ControlTopic topic : ControlTopic.values()) {
            publishers.put(topic, new LinkedHashSet<>());
        }
    }

    /** What somebody wants to listen to, or no longer. */
    public record Wish(List<TopicPattern> streams, List<ControlTopic> controls) {

        public Wish {
            streams = List.copyOf(streams);
            controls = List.copyOf(controls);
        }
    }

    /** From now on these streams are the core's. */
    public synchronized void add(CoreStream streams) {
        core.add(streams);
    }

    /** From now on it hears who is listened to. */
    public synchronized void add(DemandWatch watch) {
        watches.add(watch);
    }

    /** Whether a receiver is the core's. */
    public synchronized boolean isCore(String receiver) {
        return core.stream().anyMatch(streams -> streams.receivers().contains(receiver));
    }

    /** Publishes a value. What is coalesced goes out by {@link #flush}. */
    public synchronized PublishOutcome publish(Publication value, long nowMillis) {
        StreamState state = shelf.take(value.topic());
        PublishOutcome outcome;
        if (state.newest(keptSince(nowMillis)).filter(value::saysTheSame).isPresent()) {
            counts.leaveUnchanged();
            outcome = new PublishOutcome.Unchanged();
        } else if (state.pending().isPresent() || state.waitAt(nowMillis) > 0) {
            state.await(value);
            counts.throttle();
            outcome = new PublishOutcome.Coalesced(Math.max(1, state.waitAt(nowMillis)));
        } else {
            outcome = new PublishOutcome.Published(send(value, state, nowMillis));
        }
        keep(value.topic(), state, nowMillis);
        return outcome;
    }

    /**
     * Sends what waits on a stream, if its time has come.
     *
     * @return how long it still has to wait; 0 when nothing waits any more
     */
    public synchronized long flush(StreamTopic topic, long nowMillis) {
        Optional<StreamState> found = shelf.find(topic);
        Optional<Publication> pending = found.flatMap(StreamState::pending);
        if (pending.isEmpty()) {
            return 0;
        }
        long wait = found.get().waitAt(nowMillis);
        if (wait > 0) {
            return wait;
        }
        StreamState state = shelf.take(topic);
        if (state.kept(keptSince(nowMillis)).filter(pending.get()::saysTheSame).isPresent()) {
            state.dropPending();
        } else {
            send(pending.get(), state, nowMillis);
        }
        keep(topic, state, nowMillis);
        return 0;
    }

    /**
     * Tells all webspaces where somebody listens to a receiver of the core.
     *
     * @return how many got it
     */
    public synchronized int tell(String receiver, Function<StreamTopic, StreamMessage> message) {
        return tell(receiver, audience::of, message);
    }

    /** The same, but only who has named the topic: what not everybody may see. */
    public synchronized int tellExactly(
            String receiver, Function<StreamTopic, StreamMessage> message) {
        return tell(receiver, audience::exactly, message);
    }

    private int tell(String receiver, Function<StreamTopic, Collection<StreamListener>> who,
            Function<StreamTopic, StreamMessage> message) {
        int told = 0;
        for (WebspaceId webspace : audience.webspaces()) {
            StreamTopic topic = StreamTopic.of(webspace, receiver);
            Collection<StreamListener> listeners = who.apply(topic);
            if (!listeners.isEmpty()) {
                StreamMessage made = message.apply(topic);
                listeners.forEach(listener -> listener.offer(made));
                counts.attempt();
                counts.publish();
                told += listeners.size();
            }
        }
        return told;
    }

    /**
     * Begins to listen.
     *
     * @param taken is told what was taken before anything else is sent; what is missing had no room
     */
    public synchronized void subscribe(StreamListener listener, Wish wish,
            Consumer<List<String>> taken, long nowMillis) {
        List<String> names = new ArrayList<>();
        List<TopicPattern> fresh = new ArrayList<>();
        List<TopicPattern> first = new ArrayList<>();
        for (ControlTopic control : wish.controls()) {
            publishers.get(control).add(listener);
            names.add(control.text());
        }
        for (TopicPattern pattern : wish.streams()) {
            Audience.Joined joined = audience.join(listener, pattern);
            if (joined != Audience.Joined.FULL) {
                names.add(pattern.wire());
            }
            if (joined == Audience.Joined.FIRST) {
                first.add(pattern);
            }
            if (joined == Audience.Joined.FIRST || joined == Audience.Joined.FURTHER) {
                fresh.add(pattern);
            }
        }
        taken.accept(names);
        first.forEach(pattern -> tellPublishers(pattern, true, nowMillis));
        if (wish.controls().contains(ControlTopic.SUBSCRIPTION_CHANGED)) {
            audience.groups().stream().map(Audience.Group::pattern)
                    .filter(listener::mayServe)
                    .forEach(pattern -> listener.offer(changed(pattern, true, nowMillis)));
        }
        fresh.forEach(pattern -> show(listener, pattern, nowMillis));
    }

    /** Ends subscriptions. */
    public synchronized void unsubscribe(StreamListener listener, Wish wish, long nowMillis) {
        wish.controls().forEach(control -> publishers.get(control).remove(listener));
        for (TopicPattern pattern : wish.streams()) {
            if (audience.leave(listener, pattern)) {
                tellPublishers(pattern, false, nowMillis);
            }
        }
    }

    /** The listener is gone. */
    public synchronized void remove(StreamListener listener, long nowMillis) {
        unsubscribe(listener, new Wish(audience.wishesOf(listener),
                List.of(ControlTopic.values())), nowMillis);
    }

    /** Forgets values that are too old to be shown. */
    public synchronized void forgetOld(long nowMillis) {
        shelf.forget(keptSince(nowMillis), nowMillis);
    }

    /** Subscriptions of all sockets. */
    public synchronized int subscriptions() {
        return audience.total();
    }

    /** Bytes of all payloads that are kept or wait. */
    public synchronized long keptBytes() {
        return shelf.bytes();
    }

    private int send(Publication value, StreamState state, long nowMillis) {
        Collection<StreamListener> listeners = audience.of(value.topic());
        if (!listeners.isEmpty()) {
            StreamMessage message = value.message();
            listeners.forEach(listener -> listener.offer(message));
        }
        long pace = (long) value.bytes() * listeners.size() * MILLIS_PER_SECOND
                / limits.fanOutBytesPerSecond();
        state.sent(value, nowMillis + Math.max(value.policy().intervalMillis(), pace));
        counts.publish();
        return listeners.size();
    }

    /** What has to leave for it and was never sent is sent now: it was promised. */
    private void keep(StreamTopic topic, StreamState state, long nowMillis) {
        shelf.put(topic, state).forEach(value -> send(value, new StreamState(), nowMillis));
    }

    /** Sends what is known already to somebody who has just come. */
    private void show(StreamListener listener, TopicPattern pattern, long nowMillis) {
        List<StreamMessage> known = ofCore(pattern);
        known.forEach(listener::offer);
        if (pattern.isOpen()) {
            long since = keptSince(nowMillis);
            shelf.of(pattern.webspace()).forEach((text, state) -> {
                if (pattern.matches(text)) {
                    state.kept(since).ifPresent(value -> listener.offer(value.message()));
                }
            });
        } else if (known.isEmpty()) {
            showOne(listener, pattern, nowMillis);
        }
    }

    private List<StreamMessage> ofCore(TopicPattern pattern) {
        return core.stream().flatMap(streams -> streams.receivers().stream()
                .map(receiver -> StreamTopic.of(pattern.webspace(), receiver))
                .filter(topic -> pattern.matches(topic.text()))
                .flatMap(topic -> streams.snapshot(topic).stream())).toList();
    }

    private void showOne(StreamListener listener, TopicPattern pattern, long nowMillis) {
        StreamTopic topic = pattern.topic().orElseThrow();
        Optional<Publication> kept = shelf.find(topic)
                .flatMap(state -> state.kept(keptSince(nowMillis)));
        kept.ifPresent(value -> listener.offer(value.message()));
        boolean wanted = switch (declared.apply(topic)) {
            case NONE -> false;
            case WHEN_MISSING -> kept.isEmpty();
            case ON_SUBSCRIBE -> true;
        };
        if (wanted && audience.group(pattern).orElseThrow().ask(nowMillis, ASK_EVERY_MILLIS)) {
            StreamMessage request = requested(pattern, nowMillis);
            toPublishers(ControlTopic.SNAPSHOT_REQUESTED, pattern, request);
        }
    }

    private void tellPublishers(TopicPattern pattern, boolean isListenedTo, long nowMillis) {
        watches.forEach(watch -> watch.onDemand(pattern, isListenedTo));
        toPublishers(ControlTopic.SUBSCRIPTION_CHANGED, pattern,
                changed(pattern, isListenedTo, nowMillis));
    }

    private void toPublishers(ControlTopic control, TopicPattern about, StreamMessage message) {
        publishers.get(control).stream().filter(publisher -> publisher.mayServe(about))
                .forEach(publisher -> publisher.offer(message));
    }

    private static StreamMessage changed(
            TopicPattern pattern, boolean isListenedTo, long nowMillis) {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("action", isListenedTo ? "subscribed" : "unsubscribed");
        address(payload, pattern);
        payload.put("transport", "ws");
        payload.put("subscription_id", "ws:" + pattern.wire());
        return control(ControlTopic.SUBSCRIPTION_CHANGED, pattern, payload, nowMillis);
    }

    private static StreamMessage requested(TopicPattern pattern, long nowMillis) {
        Map<String, Object> payload = new LinkedHashMap<>();
        address(payload, pattern);
        payload.put("reason", "subscribed");
        return control(ControlTopic.SNAPSHOT_REQUESTED, pattern, payload, nowMillis);
    }

    private static void address(Map<String, Object> payload, TopicPattern pattern) {
        payload.put("topic", pattern.wire());
        payload.put("webspace_id", pattern.webspace().value());
        payload.put("receiver", pattern.wireReceiver());
        pattern.node().ifPresent(node -> payload.put("node_id", node.value()));
    }

    private static StreamMessage control(ControlTopic control, TopicPattern about,
            Map<String, Object> payload, long nowMillis) {
        return StreamMessage.control(control.text() + ' ' + about.wire(),
                EventFrames.event(control.text(), EventFrames.json(payload), CORE, nowMillis));
    }

    private long keptSince(long nowMillis) {
        return nowMillis - limits.keptMillis();
    }
}
