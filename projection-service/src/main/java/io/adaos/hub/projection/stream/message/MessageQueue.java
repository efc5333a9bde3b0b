package io.adaos.hub.projection.stream.message;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What waits for one reader, in order, bounded; not safe for many threads. */
public final class MessageQueue {

    private static final Map<StreamMessage.Rank, Integer> ROOM = Map.of(
            StreamMessage.Rank.STREAM, 64,
            StreamMessage.Rank.CONTROL, 1_024,
            StreamMessage.Rank.ANSWER, 256);

    private final Map<String, StreamMessage> waiting = new LinkedHashMap<>();
    private final Map<StreamMessage.Rank, Integer> counts =
            new EnumMap<>(StreamMessage.Rank.class);

    /** Keys whose last message was dropped, of those that tell what has changed since. */
    private final Set<String> gaps = new HashSet<>();

    /** What became of a message. */
    public enum Offer {
        QUEUED,
        /** It stands where an older one of its key stood. */
        REPLACED,
        /** The oldest one of its rank had to go for it. */
        DROPPED,
        /** There is no room, and nothing may go. */
        FULL
    }

    /** Adds a message. */
    public Offer offer(StreamMessage message) {
        if (waiting.containsKey(message.key())) {
            waiting.put(message.key(), message.behindGap());
            return Offer.REPLACED;
        }
        boolean full = counts.getOrDefault(message.rank(), 0) >= ROOM.get(message.rank());
        if (full && message.rank() == StreamMessage.Rank.ANSWER) {
            return Offer.FULL;
        }
        if (full) {
            dropOldest(message.rank());
        }
        waiting.put(message.key(),
                gaps.remove(message.key()) ? message.behindGap() : message);
        counts.merge(message.rank(), 1, Integer::sum);
        return full ? Offer.DROPPED : Offer.QUEUED;
    }

    /** Takes the oldest message out. */
    public Optional<StreamMessage> poll() {
        Iterator<StreamMessage> messages = waiting.values().iterator();
        if (!messages.hasNext()) {
            return Optional.empty();
        }
        StreamMessage oldest = messages.next();
        messages.remove();
        counts.merge(oldest.rank(), -1, Integer::sum);
        return Optional.of(oldest);
    }

    /** How many wait. */
    public int size() {
        return waiting.size();
    }

    private void dropOldest(StreamMessage.Rank rank) {
        Iterator<StreamMessage> messages = waiting.values().iterator();
        while (messages.hasNext()) {
            StreamMessage message = messages.next();
            if (message.rank() == rank) {
                messages.remove();
                if (message.tellsOfGaps()) {
                    gaps.add(message.key());
                }
                counts.merge(rank, -1, Integer::sum);
                return;
            }
        }
    }
}
