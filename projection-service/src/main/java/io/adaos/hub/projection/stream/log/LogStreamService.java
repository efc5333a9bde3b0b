package io.adaos.hub.projection.stream.log;

import com.fasterxml.jackson.databind.JsonNode;
import io.adaos.hub.projection.stream.DemandWatch;
import io.adaos.hub.projection.stream.message.EventFrames;
import io.adaos.hub.projection.stream.message.StreamMessage;
import io.adaos.hub.projection.stream.publish.StreamService;
import io.adaos.hub.projection.stream.topic.StreamTopic;
import io.adaos.hub.projection.stream.topic.TopicPattern;
import io.adaos.hub.runtime.security.ServiceCredential;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.WebApplicationException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;

/**
 * Brings the log lines of operations to who listens to {@code operations.log.<operation_id>}: while
 * somebody does, and only then, operations-service is asked for more.
 */
@ApplicationScoped
public class LogStreamService implements DemandWatch {

    /*
     * Notes on what is told.
     *
     * A stream is no copy of a log: a listener reads what was before over HTTP, then takes what
     * comes, and reads over HTTP again when next_after is further than what it has. So pages that
     * only catch up are not published, a slow socket may keep the newest message alone, and
     * nothing is kept for who comes later. Everything here happens on the one thread of streams.
     */

    private static final Logger LOG = Logger.getLogger(LogStreamService.class);
    private static final String CORE = "core:operations";
    private static final int FOLLOWED_MAX = 64;
    private static final int MESSAGE_BYTES_MAX = 60 << 10;
    private static final int LINES_MAX = 500;
    private static final int WAIT_SECONDS = 20;
    private static final long PAUSE_MILLIS = 100;
    private static final long BACK_OFF_MILLIS = 500;
    private static final long BACK_OFF_MILLIS_MAX = 10_000;

    private final HttpOperationLogApi operations;
    private final ServiceCredential credential;
    private final StreamService streams;
    private final MeterRegistry meters;
    private final FollowedLogs logs = new FollowedLogs(FOLLOWED_MAX);
    private final Map<String, Follow> follows = new HashMap<>();

    LogStreamService(@RestClient HttpOperationLogApi operations, ServiceCredential credential,
            StreamService streams, MeterRegistry meters) {
        this.operations = operations;
        this.credential = credential;
        this.streams = streams;
        this.meters = meters;
    }

    /** How far one log is. */
    private static final class Follow {

        private final String operation;
        private long after;
        private boolean isCaughtUp;
        private String status = "";
        private long backOffMillis;
        private Cancellable asking = () -> { };

        Follow(String operation) {
            this.operation = operation;
        }
    }

    void onStart(@Observes StartupEvent event) {
        streams.hub().add(this);
        meters.gauge("hub.stream.logs.followed", follows, Map::size);
    }

    void onStop(@Observes ShutdownEvent event) {
        streams.after(0, () -> follows.values().forEach(follow -> follow.asking.cancel()));
    }

    @Override
    public void onDemand(TopicPattern topic, boolean isListenedTo) {
        operationOf(topic).ifPresent(operation -> streams.after(0, () -> {
            if (!isListenedTo) {
                left(operation, topic.wire());
            } else if (logs.listen(operation, topic.wire())) {
                begin(operation);
            }
        }));
    }

    private static Optional<String> operationOf(TopicPattern topic) {
        return topic.topic().map(StreamTopic::receiver)
                .filter(receiver -> receiver.startsWith(StreamTopic.OPERATION_LOGS))
                .map(receiver -> receiver.substring(StreamTopic.OPERATION_LOGS.length()));
    }

    private void left(String operation, String topic) {
        if (logs.leave(operation, topic)) {
            follows.remove(operation).asking.cancel();
            logs.next().ifPresent(this::begin);
        }
    }

    private void begin(String operation) {
        Follow follow = new Follow(operation);
        follows.put(operation, follow);
        ask(follow, 0);
    }

    private void end(Follow follow) {
        follows.remove(follow.operation);
        logs.end(follow.operation);
        logs.next().ifPresent(this::begin);
    }

    private void ask(Follow follow, int waitSeconds) {
        follow.asking = Uni.createFrom().deferred(() -> operations.lines(credential.bearer(),
                        follow.operation, follow.after, LINES_MAX, waitSeconds))
                .subscribe().with(
                        body -> streams.after(0, () -> arrived(follow, body)),
                        failure -> streams.after(0, () -> failed(follow, failure)));
    }

    private void askAfter(Follow follow, long millis, int waitSeconds) {
        streams.after(millis, () -> {
            if (isCurrent(follow)) {
                ask(follow, waitSeconds);
            }
        });
    }

    private boolean isCurrent(Follow follow) {
        return follows.get(follow.operation) == follow;
    }

    private void arrived(Follow follow, JsonNode body) {
        if (!isCurrent(follow)) {
            return;
        }
        LogAnswer answer;
        try {
            answer = LogAnswer.read(follow.operation, body);
        } catch (IllegalArgumentException e) {
            failed(follow, e);
            return;
        }
        follow.backOffMillis = 0;
        follow.after = Math.max(follow.after, answer.nextAfter());
        if (!follow.isCaughtUp && answer.items().size() >= LINES_MAX) {
            ask(follow, 0);
            return;
        }
        follow.isCaughtUp = true;
        if (!answer.items().isEmpty() || !answer.status().equals(follow.status)) {
            answer.batches(MESSAGE_BYTES_MAX).forEach(batch -> tell(follow, batch));
        }
        follow.status = answer.status();
        if (answer.hasEnded() && answer.items().isEmpty()) {
            end(follow);
        } else {
            askAfter(follow, PAUSE_MILLIS, answer.hasEnded() ? 0 : WAIT_SECONDS);
        }
    }

    private void tell(Follow follow, Map<String, Object> payload) {
        String json = EventFrames.json(payload);
        streams.hub().tellExactly(StreamTopic.OPERATION_LOGS + follow.operation,
                topic -> StreamMessage.value(topic.text(), EventFrames.event(
                        topic.text(), json, CORE, streams.nowMillis())));
    }

    private void failed(Follow follow, Throwable failure) {
        if (!isCurrent(follow)) {
            return;
        }
        if (failure instanceof WebApplicationException http
                && http.getResponse().getStatus() == 404) {
            end(follow);
            return;
        }
        follow.backOffMillis = Math.min(BACK_OFF_MILLIS_MAX,
                Math.max(BACK_OFF_MILLIS, 2 * follow.backOffMillis));
        LOG.debugf("event=operation_log_away operationId=%s cause=%s", follow.operation, failure);
        askAfter(follow, follow.backOffMillis, 0);
    }
}
