package io.adaos.hub.projection.write.direct;

import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.crdt.UpdateMerge;
import io.adaos.hub.projection.crdt.UpdatePreview;
import io.adaos.hub.projection.crdt.codec.MalformedUpdateException;
import io.adaos.hub.projection.governance.GovernanceDecision;
import io.adaos.hub.projection.governance.RawUpdates;
import io.adaos.hub.projection.governance.Settlement;
import io.adaos.hub.projection.governance.WriteTicket;
import io.adaos.hub.projection.governance.direct.DirectWriteLog;
import io.adaos.hub.projection.governance.evidence.OwnerKey;
import io.adaos.hub.projection.governance.evidence.WriteAttempt;
import io.adaos.hub.projection.governance.evidence.WriteCause;
import io.adaos.hub.projection.governance.evidence.WriteOrigin;
import io.adaos.hub.projection.governance.evidence.WriteReason;
import io.adaos.hub.projection.room.WebspaceRoom;
import io.adaos.hub.projection.room.mailbox.ClientUpdate;
import io.adaos.hub.projection.room.mailbox.WriteOutcome;
import io.adaos.hub.projection.room.member.CloseReason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;

/** The raw updates of one socket, each judged in the room before it is applied. */
public final class RawConnection implements RawUpdates.Sender {

    /*
     * Notes.
     *
     * An update is judged between look and change, by the room's writer. What is deferred belongs
     * to the governor, and is remembered here too: the next update builds on it, and can only be
     * looked at together with it. The governor defers everything until what waits is applied, so
     * nothing overtakes.
     */

    private static final RawEnd STAY = new RawEnd.Stay();
    private static final String SOURCE = "yws";
    private static final String CHANNEL = "websocket";

    /** Updates in a row that may not fit: an honest client answers the first question. */
    private static final int GAPS_MAX = 8;
    private static final int ROOTS_MAX = 16;
    private static final int ROOT_CHARS_MAX = 64;

    private final RawDesk desk;
    private final WebspaceId webspace;
    private final RawWriter writer;
    private final String name;
    private final Consumer<CloseReason> closer;

    // all below: under the monitor
    private final List<byte[]> earlier = new ArrayList<>();
    private Optional<WriteReason> ended = Optional.empty();
    private Optional<WriteReason> readOnly = Optional.empty();
    private int gaps;

    RawConnection(RawDesk desk, WebspaceId webspace, RawWriter writer, String name,
            Consumer<CloseReason> closer) {
        this.desk = desk;
        this.webspace = webspace;
        this.writer = writer;
        this.name = name;
        this.closer = closer;
    }

    /** Brings an update into the document, if it may go there. */
    public CompletionStage<RawEnd> send(WebspaceRoom room, byte[] update) {
        Passage passage = new Passage(update);
        return room.apply(passage).thenApply(outcome -> end(passage, outcome));
    }

    /**
     * Applies updates that waited, as one.
     *
     * @param room takes the update to the room
     */
    public CompletionStage<Settlement> flush(List<byte[]> updates,
            Function<ClientUpdate, CompletionStage<WriteOutcome>> room) {
        Flush flush = new Flush(merged(updates));
        return room.apply(flush).thenApply(outcome -> flushed(updates, flush, outcome));
    }

    /** One update on its way. */
    private final class Passage implements ClientUpdate {
        private final byte[] bytes;
        private Optional<WriteTicket> ticket = Optional.empty();
        private Optional<RawEnd> decided = Optional.empty();

        Passage(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public String owner() {
            return writer.lane();
        }

        @Override
        public byte[] bytes() {
            return bytes;
        }

        @Override
        public byte[] withEarlier() {
            return RawConnection.this.withEarlier(bytes);
        }

        @Override
        public boolean admits(UpdatePreview effect, long generation) {
            return judge(this, effect, generation);
        }

        private boolean decide(RawEnd end) {
            decided = Optional.of(end);
            return false;
        }
    }

    /** What waited, on its way. */
    private final class Flush implements ClientUpdate {
        private final byte[] bytes;
        private Optional<RawPlaces.Fault> fault = Optional.empty();

        Flush(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public String owner() {
            return writer.lane();
        }

        @Override
        public byte[] bytes() {
            return bytes;
        }

        /** The document or the rules may have changed since it was judged. */
        @Override
        public boolean admits(UpdatePreview effect, long generation) {
            fault = faultOf(RawPlaces.touched(effect));
            fault.filter(found -> found.reason() != WriteReason.POLICY_UNAVAILABLE)
                    .ifPresent(found -> desk.refused().refused(
                            key(), effect.writers(), found.reason(), desk.clock().getAsLong()));
            return fault.isEmpty();
        }
    }

    private synchronized byte[] withEarlier(byte[] update) {
        if (earlier.isEmpty()) {
            return update;
        }
        List<byte[]> all = new ArrayList<>(earlier);
        all.add(update);
        return merged(all);
    }

    /** Every one of them was decoded before. */
    private static byte[] merged(List<byte[]> updates) {
        try {
            return UpdateMerge.merge(updates);
        } catch (MalformedUpdateException e) {
            throw new IllegalStateException("an update that was judged cannot be read", e);
        }
    }

    private synchronized boolean judge(Passage passage, UpdatePreview effect, long generation) {
        gaps = 0;
        if (writer.owner().isEmpty()) {
            desk.ownerless().accept(writer.subject());
            return passage.decide(new RawEnd.Close(CloseReason.NOT_ALLOWED));
        }
        List<List<String>> touched = RawPlaces.touched(effect);
        WriteAttempt attempt = attempt(passage.bytes, touched, generation);
        long now = desk.clock().getAsLong();
        readOnly = readOnly.or(() -> desk.refused().discard(key(), effect.writers(), now));
        Optional<WriteReason> discarded = ended.or(() -> readOnly);
        if (discarded.isPresent()) {
            desk.governor().refuse(attempt, discarded.get(), now);
            return passage.decide(STAY);
        }
        Optional<RawPlaces.Fault> fault = faultOf(touched);
        if (writer.kind() == RawWriter.Kind.SKILL) {
            desk.log().note(new DirectWriteLog.Update(
                    key(), touched, passage.bytes.length, fault.isPresent()), now);
        }
        if (fault.isPresent()) {
            return refuse(passage, effect, attempt, fault.get());
        }
        return decide(passage, desk.governor().judge(
                attempt, RawUpdates.of(passage.bytes, this), now));
    }

    private Optional<RawPlaces.Fault> faultOf(List<List<String>> touched) {
        return desk.places().fault(writer, touched,
                Instant.ofEpochMilli(desk.clock().getAsLong()));
    }

    private boolean refuse(Passage passage, UpdatePreview effect, WriteAttempt attempt,
            RawPlaces.Fault fault) {
        long now = desk.clock().getAsLong();
        WriteAttempt seen = new WriteAttempt(attempt.key(), text(fault.path()), attempt.slot(),
                attempt.roots(), attempt.bytes(), 0, attempt.origin());
        desk.governor().refuse(seen, fault.reason(), now);
        ended = Optional.of(fault.reason());
        if (fault.reason() == WriteReason.POLICY_UNAVAILABLE) {
            return passage.decide(new RawEnd.Close(CloseReason.TRY_LATER));
        }
        desk.refused().refused(key(), effect.writers(), fault.reason(), now);
        return passage.decide(new RawEnd.Close(CloseReason.NOT_ALLOWED));
    }

    private boolean decide(Passage passage, GovernanceDecision decision) {
        if (decision instanceof GovernanceDecision.Permit permit) {
            passage.ticket = Optional.of(permit.ticket());
            return true;
        }
        if (decision instanceof GovernanceDecision.Refuse refusal) {
            ended = Optional.of(refusal.reason());
            return passage.decide(new RawEnd.Close(
                    refusal.reason() == WriteReason.POLICY_UNAVAILABLE
                            ? CloseReason.TRY_LATER : CloseReason.BLOCKED));
        }
        earlier.add(passage.bytes);
        return passage.decide(STAY);
    }

    private RawEnd end(Passage passage, WriteOutcome outcome) {
        passage.ticket.ifPresent(ticket -> desk.governor().settled(
                ticket, settlement(outcome), desk.clock().getAsLong()));
        if (!(outcome instanceof WriteOutcome.Refused refused)) {
            return STAY;
        }
        return passage.decided.orElseGet(() -> switch (refused.reason()) {
            case GAP -> gap(passage);
            case MALFORMED -> {
                uncounted(passage, WriteReason.VALUE_INVALID);
                yield new RawEnd.Close(CloseReason.MALFORMED);
            }
            case STORE_UNAVAILABLE, MAILBOX_FULL -> {
                uncounted(passage, WriteReason.STORE_UNAVAILABLE);
                yield new RawEnd.Close(CloseReason.TRY_LATER);
            }
            case ROOM_CLOSED -> {
                uncounted(passage, WriteReason.STORE_UNAVAILABLE);
                yield new RawEnd.Close(CloseReason.RESTART);
            }
            case NOT_ALLOWED -> throw new AssertionError("refused without a decision");
        });
    }

    /** What the update is about is not known yet, so it is no write unless it comes too often. */
    private synchronized RawEnd gap(Passage passage) {
        if (writer.kind() == RawWriter.Kind.OPERATOR) {
            return new RawEnd.AskAgain();
        }
        Optional<WriteReason> discarded = ended.or(() -> readOnly);
        if (discarded.isPresent()) {
            uncounted(passage, discarded.get());
            return STAY;
        }
        gaps++;
        if (gaps <= GAPS_MAX) {
            return new RawEnd.AskAgain();
        }
        uncounted(passage, WriteReason.VALUE_INVALID);
        ended = Optional.of(WriteReason.VALUE_INVALID);
        return new RawEnd.Close(CloseReason.NOT_ALLOWED);
    }

    /** Counts a write that nobody has judged. */
    private void uncounted(Passage passage, WriteReason reason) {
        if (passage.ticket.isEmpty() && writer.owner().isPresent()) {
            desk.governor().refuse(attempt(passage.bytes, List.of(), 0), reason,
                    desk.clock().getAsLong());
        }
    }

    private Settlement flushed(List<byte[]> updates, Flush flush, WriteOutcome outcome) {
        boolean isTemporary = flush.fault.map(RawPlaces.Fault::reason)
                .filter(WriteReason.POLICY_UNAVAILABLE::equals).isPresent();
        if (outcome instanceof WriteOutcome.Refused refused) {
            isTemporary |= switch (refused.reason()) {
                case STORE_UNAVAILABLE, MAILBOX_FULL, ROOM_CLOSED -> true;
                case NOT_ALLOWED, MALFORMED, GAP -> false;
            };
        }
        if (isTemporary) {
            return new Settlement.Postponed();
        }
        forget(updates);
        if (outcome instanceof WriteOutcome.Refused) {
            WriteReason reason = flush.fault.map(RawPlaces.Fault::reason)
                    .orElse(WriteReason.VALUE_INVALID);
            endFor(reason);
            return new Settlement.Refused(reason);
        }
        return settlement(outcome);
    }

    private synchronized void forget(List<byte[]> updates) {
        Set<byte[]> done = Collections.newSetFromMap(new IdentityHashMap<>());
        done.addAll(updates);
        earlier.removeIf(done::contains);
    }

    private void endFor(WriteReason reason) {
        synchronized (this) {
            ended = Optional.of(reason);
        }
        closer.accept(CloseReason.NOT_ALLOWED);
    }

    private static Settlement settlement(WriteOutcome outcome) {
        if (outcome instanceof WriteOutcome.Applied applied) {
            return new Settlement.Applied(applied.changed().get(0), applied.generation());
        }
        return outcome instanceof WriteOutcome.Unchanged ? new Settlement.Unchanged()
                : new Settlement.Refused(WriteReason.STORE_UNAVAILABLE);
    }

    private WriteAttempt attempt(byte[] update, List<List<String>> touched, long generation) {
        List<String> roots = touched.stream().filter(path -> !path.isEmpty())
                .map(path -> path.get(0))
                .map(root -> root.substring(0, Math.min(ROOT_CHARS_MAX, root.length())))
                .distinct().limit(ROOTS_MAX).toList();
        String path = touched.isEmpty() ? "" : text(touched.get(0));
        return WriteAttempt.raw(key(), name,
                new WriteAttempt.RawUpdate(path, roots, update.length),
                new WriteOrigin(WriteCause.DIRECT_WRITE, SOURCE, CHANNEL, name, generation));
    }

    private OwnerKey key() {
        return writer.key(webspace);
    }

    private static String text(List<String> path) {
        return String.join("/", path.stream()
                .map(segment -> segment.replace("~", "~0").replace("/", "~1")).toList());
    }
}
