package io.adaos.hub.projection.stream.log;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which logs are wanted and which of them are followed: as many as may be, the others wait in the
 * order in which they came. Not safe for many threads.
 */
final class FollowedLogs {

    private final int max;
    private final Map<String, Set<String>> topics = new LinkedHashMap<>();
    private final Set<String> followed = new LinkedHashSet<>();

    /** @param max logs followed at once */
    FollowedLogs(int max) {
        this.max = max;
    }

    /** Somebody listens to a topic of this operation; says whether to begin to follow it now. */
    boolean listen(String operation, String topic) {
        topics.computeIfAbsent(operation, id -> new HashSet<>()).add(topic);
        return followed.size() < max && followed.add(operation);
    }

    /** Nobody listens to this topic any more; says whether to stop following its operation. */
    boolean leave(String operation, String topic) {
        Set<String> left = topics.getOrDefault(operation, Set.of());
        if (!left.contains(topic)) {
            return false;
        }
        left.remove(topic);
        if (!left.isEmpty()) {
            return false;
        }
        topics.remove(operation);
        return followed.remove(operation);
    }

    /** There is nothing more to come of this operation. */
    void end(String operation) {
        topics.remove(operation);
        followed.remove(operation);
    }

    /** One that has waited and is followed from now on; empty when none waits or has room. */
    Optional<String> next() {
        if (followed.size() >= max) {
            return Optional.empty();
        }
        Optional<String> waiting = topics.keySet().stream()
                .filter(operation -> !followed.contains(operation)).findFirst();
        waiting.ifPresent(followed::add);
        return waiting;
    }

    boolean isFollowed(String operation) {
        return followed.contains(operation);
    }
}
