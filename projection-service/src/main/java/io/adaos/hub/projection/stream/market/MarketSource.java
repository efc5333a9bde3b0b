package io.adaos.hub.projection.stream.market;

import io.adaos.hub.contracts.catalog.ArtifactKind;
import io.adaos.hub.projection.stream.message.EventFrames;
import io.adaos.hub.projection.stream.message.StreamMessage;
import io.adaos.hub.projection.stream.market.ChangeBatch.Position;
import io.adaos.hub.projection.stream.market.ChangeBatch.Told;
import io.adaos.hub.projection.stream.topic.StreamTopic;
import io.adaos.hub.runtime.outbox.Freshness;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One of the two services that rows of the marketplace are made of: what has changed there, by kind
 * of artifact, and where it is. Safe for many threads.
 */
final class MarketSource {

    private static final String CORE = "core:marketplace";

    private final String name;
    private final Map<ArtifactKind, ChangeBatch> batches = new EnumMap<>(ArtifactKind.class);
    private Optional<Position> position = Optional.empty();

    MarketSource(String name) {
        this.name = name;
        for (ArtifactKind kind : ArtifactKind.values()) {
            batches.put(kind, new ChangeBatch(name));
        }
    }

    /**
     * What listeners of a kind are told.
     *
     * @param waitMillis after what time to ask again; empty when there is no need to
     */
    record Turn(Optional<Told> told, Optional<Long> waitMillis) {
    }

    /** Its facts are known up to here; nothing of this kind of artifact need have changed. */
    synchronized void reached(String epoch, long sequence) {
        position = Optional.of(new Position(epoch, sequence,
                position.map(Position::state).orElse(Freshness.FRESH)));
    }

    /** It was listed: unless it is where it was, anything may have changed. */
    synchronized void listed(String epoch, long sequence) {
        boolean same = position.filter(known -> known.epoch().equals(epoch)
                && known.sequence() == sequence).isPresent();
        reached(epoch, sequence);
        if (!same) {
            batches.values().forEach(ChangeBatch::reloadAll);
        }
    }

    synchronized void changed(ArtifactKind kind, ChangeBatch.Change change) {
        batches.get(kind).add(change);
    }

    /** How current it is; when it is lost or found again, everybody hears of it. */
    synchronized void judged(Freshness now) {
        position.filter(known -> known.state() != now).ifPresent(known -> {
            position = Optional.of(new Position(known.epoch(), known.sequence(), now));
            if (now == Freshness.STALE || known.state() == Freshness.STALE) {
                batches.values().forEach(ChangeBatch::reloadAll);
            }
        });
    }

    /** What listeners of a kind are told now, if anything. */
    synchronized Turn turn(ArtifactKind kind, long nowMillis) {
        ChangeBatch batch = batches.get(kind);
        if (position.isEmpty()) {
            return new Turn(Optional.empty(), Optional.empty());
        }
        return batch.isDue(nowMillis)
                ? new Turn(Optional.of(batch.take(position.get(), nowMillis)), Optional.empty())
                : new Turn(Optional.empty(), batch.ask(nowMillis));
    }

    /** What somebody is told who has just come; empty while nothing is known. */
    synchronized Optional<Told> snapshot() {
        return position.map(known -> new Told(name, known.epoch(), known.sequence(),
                known.state(), List.of(), true));
    }

    /** The message of one topic; a newer one of this source takes the place of one that waits. */
    StreamMessage message(StreamTopic topic, Told told, long nowMillis) {
        return StreamMessage.delta(topic.text() + ' ' + name,
                frame(topic, told, nowMillis), frame(topic, told.toNewcomers(), nowMillis));
    }

    private static String frame(StreamTopic topic, Told told, long nowMillis) {
        return EventFrames.event(topic.text(), EventFrames.json(told), CORE, nowMillis);
    }
}
