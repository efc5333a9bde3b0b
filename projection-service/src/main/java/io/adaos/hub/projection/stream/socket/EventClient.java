package io.adaos.hub.projection.stream.socket;

import com.fasterxml.jackson.databind.JsonNode;
import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.gateway.SocketAdmission;
import io.adaos.hub.projection.room.member.CloseReason;
import io.adaos.hub.projection.stream.StreamHub;
import io.adaos.hub.projection.stream.StreamListener;
import io.adaos.hub.projection.stream.message.StreamMessage;
import io.adaos.hub.projection.stream.message.TokenBucket;
import io.adaos.hub.projection.stream.publish.StreamService;
import io.adaos.hub.projection.stream.topic.TopicPattern;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/** One client of the event socket: what it says, what it listens to, what is sent to it. */
final class EventClient implements StreamListener {

    private static final Logger LOG = Logger.getLogger(EventClient.class);
    private static final int TEXT_CHARS_MAX = 65_536;
    private static final int MESSAGES_AT_ONCE = 200;
    private static final int MESSAGES_PER_SECOND = 50;
    private static final long STALLED_MILLIS_MAX = 20_000;
    private static final long SILENT_MILLIS_MAX = 65_000;

    private final SocketAdmission.Entry.Admitted admitted;
    private final StreamService streams;
    private final EventCommandService commands;
    private final Outbox outbox;
    private final Predicate<TopicPattern> serves;
    private final TokenBucket pace;
    private volatile long heardAtMillis;
    private volatile boolean ended;
    private long answers;       // only on the way of one message

    EventClient(SocketAdmission.Entry.Admitted admitted, StreamService streams,
            EventCommandService commands, Outbox outbox) {
        this.admitted = admitted;
        this.streams = streams;
        this.commands = commands;
        this.outbox = outbox;
        this.serves = commands.servesAs(admitted.caller());
        this.heardAtMillis = streams.nowMillis();
        this.pace = new TokenBucket(MESSAGES_AT_ONCE, MESSAGES_PER_SECOND, heardAtMillis);
    }

    /**
     * Takes a message of the client; one at a time.
     *
     * @return why it must be closed; empty when it may go on
     */
    Uni<Optional<CloseReason>> onText(String text) {
        heard();
        if (text.length() > TEXT_CHARS_MAX) {
            return Uni.createFrom().item(Optional.of(CloseReason.TOO_BIG));
        }
        if (pace.take(heardAtMillis) > 0) {
            return Uni.createFrom().item(Optional.of(CloseReason.BLOCKED));
        }
        ClientMessage message = ClientMessage.read(text);
        return Uni.createFrom().deferred(() -> handled(message))
                .onFailure().recoverWithItem(failure -> failed(message.id(), failure))
                .map(answer -> {
                    answer.ifPresent(this::answer);
                    return outbox.isFull() ? Optional.of(CloseReason.TOO_SLOW) : Optional.empty();
                });
    }

    /** The client has shown that it lives. */
    void heard() {
        heardAtMillis = streams.nowMillis();
    }

    /** Why the client must go, if it must. */
    Optional<CloseReason> fault() {
        long now = streams.nowMillis();
        if (outbox.isFull() || outbox.stalledMillis(now) > STALLED_MILLIS_MAX) {
            return Optional.of(CloseReason.TOO_SLOW);
        }
        if (now - heardAtMillis > SILENT_MILLIS_MAX) {
            return Optional.of(CloseReason.TRY_LATER);
        }
        return admitted.judgedAgain().get().filter(admitted.caller()::equals).isPresent()
                ? Optional.empty() : Optional.of(CloseReason.UNAUTHENTICATED);
    }

    /** The connection is gone. */
    void end() {
        ended = true;
        streams.hub().remove(this, streams.nowMillis());
    }

    @Override
    public void offer(StreamMessage message) {
        outbox.offer(message, streams.nowMillis());
    }

    @Override
    public boolean mayServe(TopicPattern wanted) {
        return serves.test(wanted);
    }

    /** Does it; the answer is empty when it was given already or none is wanted. */
    private Uni<Optional<String>> handled(ClientMessage message) {
        if (message instanceof ClientMessage.Subscribe wanted) {
            return subscribe(wanted);
        }
        if (message instanceof ClientMessage.Unsubscribe unwanted) {
            return Uni.createFrom().item(() -> unsubscribe(unwanted));
        }
        if (message instanceof ClientMessage.Command command) {
            return commands.run(command, admitted.caller())
                    .map(data -> Optional.of(Acks.done(command.id(), data)));
        }
        if (message instanceof ClientMessage.Ping ping) {
            return Uni.createFrom().item(Optional.of(Acks.done(ping.id(), Map.of())));
        }
        ClientMessage.Faulty faulty = (ClientMessage.Faulty) message;
        return Uni.createFrom().failure(
                new HubException(HubErrorCode.BODY_INVALID, faulty.detail()));
    }

    private Uni<Optional<String>> subscribe(ClientMessage.Subscribe wanted) {
        TopicReader topics = new TopicReader(admitted.caller(), wanted.topics());
        Set<WebspaceId> webspaces = new LinkedHashSet<>();
        topics.streams().forEach(pattern -> webspaces.add(pattern.webspace()));
        Uni<Void> known = Uni.createFrom().voidItem();
        for (WebspaceId webspace : webspaces) {
            known = known.chain(() -> streams.exists(webspace)).invoke(exists -> {
                if (!exists) {
                    topics.streams().stream()
                            .filter(pattern -> pattern.webspace().equals(webspace)).toList()
                            .forEach(topics::refuseUnknown);
                }
            }).replaceWithVoid();
        }
        return known.map(checked -> {
            streams.hub().subscribe(this, topics.wish(),
                    taken -> subscribed(wanted, topics, taken), streams.nowMillis());
            if (ended) {
                end();
            }
            return Optional.empty();
        });
    }

    /** Under the hub's lock, before anything of these topics is sent. */
    private void subscribed(
            ClientMessage.Subscribe wanted, TopicReader topics, List<String> taken) {
        topics.streams().stream().map(TopicPattern::wire).filter(wire -> !taken.contains(wire))
                .forEach(wire -> topics.refused().add(new Acks.Refused(wire,
                        HubErrorCode.SUBSCRIPTION_LIMIT,
                        "There are as many subscriptions as there may be")));
        if (wanted.id().isPresent() || !topics.refused().isEmpty()) {
            answer(Acks.topics(wanted.id(), taken, topics.refused()));
        }
    }

    private Optional<String> unsubscribe(ClientMessage.Unsubscribe unwanted) {
        TopicReader topics = new TopicReader(admitted.caller(), unwanted.topics());
        StreamHub.Wish wish = topics.wish();
        streams.hub().unsubscribe(this, wish, streams.nowMillis());
        if (unwanted.id().isEmpty() && topics.refused().isEmpty()) {
            return Optional.empty();
        }
        List<String> ended = new ArrayList<>();
        wish.controls().forEach(control -> ended.add(control.text()));
        wish.streams().forEach(pattern -> ended.add(pattern.wire()));
        return Optional.of(Acks.topics(unwanted.id(), ended, topics.refused()));
    }

    private void answer(String frame) {
        offer(StreamMessage.answer(answers++, frame));
    }

    private static Optional<String> failed(Optional<JsonNode> id, Throwable failure) {
        if (failure instanceof HubException refusal) {
            return Optional.of(Acks.refused(id, refusal));
        }
        LOG.errorf(failure, "event=command_failed");
        return Optional.of(Acks.refused(id, new HubException(HubErrorCode.INTERNAL,
                "Something that should not happen has happened")));
    }
}
