package io.adaos.hub.projection.stream;

import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.stream.topic.StreamTopic;
import io.adaos.hub.projection.stream.topic.TopicPattern;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who listens to what, bounded; not safe for many threads. */
final class Audience {

    /** All who listen to the same topic. */
    static final class Group {

        private final TopicPattern pattern;
        private final Set<StreamListener> listeners = new LinkedHashSet<>();

        /** When its owner was last asked for its value; long ago when never. */
        private long askedAtMillis = Long.MIN_VALUE / 2;

        private Group(TopicPattern pattern) {
            this.pattern = pattern;
        }

        TopicPattern pattern() {
            return pattern;
        }

        int size() {
            return listeners.size();
        }

        /** Whether the owner may be asked now; then it counts as asked. */
        boolean ask(long nowMillis, long everyMillis) {
            boolean due = nowMillis - askedAtMillis >= everyMillis;
            if (due) {
                askedAtMillis = nowMillis;
            }
            return due;
        }
    }

    /** What came of listening. */
    enum Joined { FIRST, FURTHER, KNOWN, FULL }

    private final int perListener;
    private final int inAll;
    private final Map<String, Group> groups = new LinkedHashMap<>();
    private final Map<WebspaceId, Map<String, Group>> open = new HashMap<>();
    private final Map<WebspaceId, Integer> spaces = new LinkedHashMap<>();
    private final Map<StreamListener, Map<String, TopicPattern>> wishes = new HashMap<>();
    private int total;

    Audience(int perListener, int inAll) {
        this.perListener = perListener;
        this.inAll = inAll;
    }

    Joined join(StreamListener listener, TopicPattern pattern) {
        Map<String, TopicPattern> own = wishes.getOrDefault(listener, Map.of());
        if (own.containsKey(pattern.wire())) {
            return Joined.KNOWN;
        }
        if (own.size() >= perListener || total >= inAll) {
            return Joined.FULL;
        }
        wishes.computeIfAbsent(listener, some -> new LinkedHashMap<>())
                .put(pattern.wire(), pattern);
        total++;
        spaces.merge(pattern.webspace(), 1, Integer::sum);
        Group group = groups.computeIfAbsent(pattern.wire(), wire -> new Group(pattern));
        if (pattern.isOpen()) {
            open.computeIfAbsent(pattern.webspace(), space -> new LinkedHashMap<>())
                    .put(pattern.wire(), group);
        }
        group.listeners.add(listener);
        return group.size() == 1 ? Joined.FIRST : Joined.FURTHER;
    }

    /** Says whether nobody listens to it any more who did. */
    boolean leave(StreamListener listener, TopicPattern pattern) {
        Map<String, TopicPattern> own = wishes.getOrDefault(listener, Map.of());
        if (!own.containsKey(pattern.wire())) {
            return false;
        }
        own.remove(pattern.wire());
        if (own.isEmpty()) {
            wishes.remove(listener);
        }
        total--;
        spaces.computeIfPresent(pattern.webspace(), (space, n) -> n == 1 ? null : n - 1);
        Group group = groups.get(pattern.wire());
        group.listeners.remove(listener);
        if (group.size() > 0) {
            return false;
        }
        groups.remove(pattern.wire());
        open.computeIfPresent(pattern.webspace(), (space, some) -> {
            some.remove(pattern.wire());
            return some.isEmpty() ? null : some;
        });
        return true;
    }

    /** What somebody listens to. */
    List<TopicPattern> wishesOf(StreamListener listener) {
        return List.copyOf(wishes.getOrDefault(listener, Map.of()).values());
    }

    /** Who gets messages of a topic, each once. */
    Collection<StreamListener> of(StreamTopic topic) {
        String text = topic.text();
        Group exact = groups.get(text);
        Map<String, Group> wide = open.getOrDefault(topic.webspace(), Map.of());
        if (wide.isEmpty()) {
            return exact == null ? List.of() : exact.listeners;
        }
        Set<StreamListener> all = new LinkedHashSet<>(
                exact == null ? List.of() : exact.listeners);
        wide.values().stream().filter(group -> group.pattern.matches(text))
                .forEach(group -> all.addAll(group.listeners));
        return all;
    }

    /** Who listens to exactly this topic. */
    Collection<StreamListener> exactly(StreamTopic topic) {
        Group exact = groups.get(topic.text());
        return exact == null ? List.of() : exact.listeners;
    }

    /** Everything that is listened to. */
    Collection<Group> groups() {
        return groups.values();
    }

    Optional<Group> group(TopicPattern pattern) {
        return Optional.ofNullable(groups.get(pattern.wire()));
    }

    /** Webspaces of which anything is listened to. */
    Set<WebspaceId> webspaces() {
        return spaces.keySet();
    }

    int total() {
        return total;
    }
}
