package io.adaos.hub.projection.room.reader;

import io.adaos.hub.projection.crdt.Doc;
import io.adaos.hub.projection.crdt.id.StateVector;
import io.adaos.hub.projection.room.member.OutboundFrame;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What clients are told who ask for the document, kept while it stays as it is: they come in crowds
 * that know the same, nothing or what was told last. Writer only.
 */
final class StateAnswers {

    private static final int KEPT_MAX = 4;

    /** An answer, and what its reader knew. */
    private record Key(StateVector theirs, boolean step2) {
    }

    private final Map<Key, OutboundFrame> kept = new LinkedHashMap<>();
    private Optional<OutboundFrame> question = Optional.empty();
    private boolean asked;

    /** Asks a client for what the document lacks. */
    OutboundFrame step1(Doc doc) {
        if (question.isEmpty()) {
            question = Optional.of(RoomFrames.step1(doc.stateVector()));
        }
        asked = true;
        return question.get();
    }

    /** Answers a client's step 1. */
    OutboundFrame step2(Doc doc, StateVector theirs) {
        return kept(new Key(theirs, true),
                key -> RoomFrames.step2(doc.encodeStateAsUpdate(theirs), theirs));
    }

    /** The fresh diff of a reader that was too slow. */
    OutboundFrame update(Doc doc, StateVector theirs) {
        return kept(new Key(theirs, false),
                key -> RoomFrames.update(doc.encodeStateAsUpdate(theirs), theirs));
    }

    /** The document is another one now. */
    void clear() {
        kept.clear();
        question = Optional.empty();
    }

    /** Gives back the memory when nobody has asked since the last call. */
    void clearUnlessAsked() {
        if (!asked) {
            clear();
        }
        asked = false;
    }

    private OutboundFrame kept(Key key, Function<Key, OutboundFrame> make) {
        asked = true;
        OutboundFrame frame = kept.get(key);
        if (frame == null) {
            frame = make.apply(key);
            if (kept.size() == KEPT_MAX) {
                kept.remove(kept.keySet().iterator().next());
            }
            kept.put(key, frame);
        }
        return frame;
    }
}
