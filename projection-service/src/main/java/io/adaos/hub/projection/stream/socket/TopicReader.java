package io.adaos.hub.projection.stream.socket;

import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.projection.stream.StreamHub;
import io.adaos.hub.projection.stream.topic.ControlTopic;
import io.adaos.hub.projection.stream.topic.StreamTopic;
import io.adaos.hub.projection.stream.topic.TopicPattern;
import io.adaos.hub.runtime.security.Caller;
import io.adaos.hub.runtime.security.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the topics of one message, and keeps apart what the caller may not listen to. */
final class TopicReader {

    private final Caller caller;
    private final List<TopicPattern> streams = new ArrayList<>();
    private final List<ControlTopic> controls = new ArrayList<>();
    private final List<Acks.Refused> refused = new ArrayList<>();

    TopicReader(Caller caller, List<String> topics) {
        this.caller = caller;
        topics.stream().distinct().forEach(this::read);
    }

    List<TopicPattern> streams() {
        return streams;
    }

    List<Acks.Refused> refused() {
        return refused;
    }

    /** What may be listened to, without topics of a webspace that was found not to be there. */
    StreamHub.Wish wish() {
        return new StreamHub.Wish(streams, controls);
    }

    /** There is no webspace of this topic. */
    void refuseUnknown(TopicPattern pattern) {
        streams.remove(pattern);
        refused.add(new Acks.Refused(pattern.wire(), HubErrorCode.WEBSPACE_UNKNOWN,
                "There is no webspace '" + pattern.webspace() + "'"));
    }

    private void read(String topic) {
        Optional<ControlTopic> control = ControlTopic.of(topic);
        if (control.isPresent()) {
            if (demand(topic, Scope.PROJECTION_WRITE)) {
                controls.add(control.get());
            }
            return;
        }
        try {
            TopicPattern pattern = TopicPattern.parse(topic);
            boolean isNew = streams.stream().noneMatch(
                    other -> other.wire().equals(pattern.wire()));
            if (isNew && demand(topic, Scope.webspaceRead(pattern.webspace().value()))
                    && mayReadLogs(topic, pattern)) {
                streams.add(pattern);
            }
        } catch (IllegalArgumentException e) {
            refused.add(new Acks.Refused(topic, HubErrorCode.TOPIC_INVALID,
                    Acks.shown(String.valueOf(e.getMessage()))));
        }
    }

    /** A log is listened to by its own name alone; an open topic does not carry it. */
    private boolean mayReadLogs(String topic, TopicPattern pattern) {
        if (!pattern.receiver().startsWith(StreamTopic.OPERATION_LOGS)) {
            return true;
        }
        if (pattern.isOpen() || pattern.node().isPresent()) {
            throw new IllegalArgumentException(
                    "the log of an operation is operations.log.<operation_id> of a webspace");
        }
        return demand(topic, Scope.OPERATIONS_READ);
    }

    private boolean demand(String topic, String scope) {
        boolean allowed = caller.may(scope);
        if (!allowed) {
            refused.add(new Acks.Refused(
                    topic, HubErrorCode.FORBIDDEN, "Scope " + scope + " is missing"));
        }
        return allowed;
    }
}
