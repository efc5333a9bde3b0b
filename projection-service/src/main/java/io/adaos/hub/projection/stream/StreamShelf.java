package io.adaos.hub.projection.stream;

import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.stream.topic.StreamTopic;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The states of all streams, bounded; those published longest ago leave first. */
final class StreamShelf {

    /**
     * What may be kept.
     *
     * @param bytes in one webspace
     * @param streams in one webspace
     * @param bytesInAll in all of them
     */
    record Bounds(long bytes, int streams, long bytesInAll) {
    }

    /** The streams of one webspace, the one published last at the end. */
    private static final class Space {

        private final Map<String, StreamState> states = new LinkedHashMap<>();
        private long bytes;
    }

    private final Bounds bounds;
    private final Map<WebspaceId, Space> spaces = new HashMap<>();
    private long total;

    StreamShelf(Bounds bounds) {
        this.bounds = bounds;
    }

    Optional<StreamState> find(StreamTopic topic) {
        Space space = spaces.get(topic.webspace());
        return space == null ? Optional.empty()
                : Optional.ofNullable(space.states.get(topic.text()));
    }

    /** Takes a state out, so that it can change; it comes back by {@link #put}. */
    StreamState take(StreamTopic topic) {
        Space space = spaces.get(topic.webspace());
        StreamState state = space == null ? null : space.states.remove(topic.text());
        if (state == null) {
            return new StreamState();
        }
        count(space, -state.bytes());
        return state;
    }

    /** Keeps a state as the newest; what had to leave for it and still waits is the answer. */
    List<Publication> put(StreamTopic topic, StreamState state) {
        Space space = spaces.computeIfAbsent(topic.webspace(), id -> new Space());
        space.states.put(topic.text(), state);
        count(space, state.bytes());
        List<Publication> waiting = new ArrayList<>();
        while (space.bytes > bounds.bytes() || space.states.size() > bounds.streams()) {
            dropOldest(space).ifPresent(waiting::add);
        }
        while (total > bounds.bytesInAll()) {
            Space largest = spaces.values().stream()
                    .max(Comparator.comparingLong(some -> some.bytes)).orElseThrow();
            dropOldest(largest).ifPresent(waiting::add);
        }
        return waiting;
    }

    /** The states of a webspace's streams. */
    Map<String, StreamState> of(WebspaceId webspace) {
        Space space = spaces.get(webspace);
        return space == null ? Map.of() : space.states;
    }

    /** Forgets what nobody may be sent any more. */
    void forget(long sinceMillis, long nowMillis) {
        spaces.values().removeIf(space -> {
            space.states.values().removeIf(state -> {
                boolean gone = state.newest(sinceMillis).isEmpty()
                        && state.waitAt(nowMillis) == 0;
                if (gone) {
                    count(space, -state.bytes());
                }
                return gone;
            });
            return space.states.isEmpty();
        });
    }

    long bytes() {
        return total;
    }

    private Optional<Publication> dropOldest(Space space) {
        Iterator<StreamState> states = space.states.values().iterator();
        StreamState oldest = states.next();
        states.remove();
        count(space, -oldest.bytes());
        return oldest.pending();
    }

    private void count(Space space, long bytes) {
        space.bytes += bytes;
        total += bytes;
    }
}
