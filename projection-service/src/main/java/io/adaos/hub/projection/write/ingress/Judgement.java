package io.adaos.hub.projection.write.ingress;

import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.id.OwnerId;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.governance.GovernanceDecision;
import io.adaos.hub.projection.governance.WriteGovernor;
import io.adaos.hub.projection.governance.evidence.OwnerKey;
import io.adaos.hub.projection.governance.evidence.WriteCause;
import io.adaos.hub.projection.room.WebspaceRoom;
import io.adaos.hub.projection.room.branch.BranchWrite;
import io.adaos.hub.projection.room.mailbox.RoomWrite;
import io.adaos.hub.projection.room.mailbox.WriteOutcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongSupplier;

/** Puts prepared writes before the governor, and what it permits into the room. */
final class Judgement {

    private final WriteGovernor governor;
    private final RoomGate gate;
    private final LongSupplier clock;

    Judgement(WriteGovernor governor, RoomGate gate, LongSupplier clock) {
        this.governor = governor;
        this.gate = gate;
        this.clock = clock;
    }

    /** Every item ends at once, in the room, or with its owner's next flush. */
    void pass(WebspaceId webspace, List<WriteItem> items, RoomGate.Place place) {
        Map<OwnerId, List<WriteItem>> permitted = new LinkedHashMap<>();
        for (WriteItem item : items) {
            item.owner().ifPresent(owner -> {
                OwnerKey key = place.room().isPresent()
                        ? OwnerKey.of(webspace, owner) : OwnerKey.nowhere(owner);
                judge(item, key, webspace, place);
                if (item.ticket.isPresent()) {
                    permitted.computeIfAbsent(owner, one -> new ArrayList<>()).add(item);
                }
            });
        }
        permitted.forEach((owner, own) -> write(place.room().orElseThrow(), owner, own));
    }

    private void judge(
            WriteItem item, OwnerKey key, WebspaceId webspace, RoomGate.Place place) {
        Preparation.Prepared prepared = item.prepared.orElseThrow();
        if (item.end.isDone()) {
            return;
        }
        if (prepared instanceof Preparation.Prepared.Missing) {
            governor.ruleMissing(key, WriteCause.SKILL_PROJECTION, clock.getAsLong());
            item.refuse(WriteRefusal.of(HubErrorCode.PROJECTION_RULE_MISSING,
                    "No rule for slot '" + item.asked.slot() + "' of scope '"
                            + item.asked.body().scope() + "' in webspace '" + webspace + "'"));
        } else if (prepared instanceof Preparation.Prepared.Refused refused) {
            refuse(item, key, refused.bytes(), refused.refusal());
        } else if (place.room().isEmpty()) {
            refuse(item, key, item.write().orElseThrow().bytes(),
                    place.refusal().orElseThrow());
        } else {
            decide(item, key, place.room().get().tenure().lease().epoch());
        }
    }

    private void refuse(WriteItem item, OwnerKey key, long bytes, WriteRefusal refusal) {
        governor.refuse(item.attempt(key, bytes), refusal.reason(), clock.getAsLong());
        item.refuse(refusal);
    }

    private void decide(WriteItem item, OwnerKey key, long epoch) {
        DeclaredWrite write = item.write().orElseThrow();
        GovernanceDecision decision = governor.judge(item.attempt(key, write.bytes()),
                new PendingWrite(write, epoch, item.end), clock.getAsLong());
        if (decision instanceof GovernanceDecision.Permit permit) {
            item.ticket = Optional.of(permit.ticket());
        } else if (decision instanceof GovernanceDecision.Throttle throttle) {
            item.deferred = Optional.of(throttle);
            throttle.replaced().ifPresent(older -> ((PendingWrite) older).end()
                    .complete(new WriteEnd.Coalesced(OptionalLong.empty())));
        } else if (decision instanceof GovernanceDecision.Refuse refusal) {
            item.refuse(WriteRefusal.of(refusal));
        } else {
            throw new AssertionError("unknown decision " + decision);
        }
    }

    /** All of one owner is one command of the room, and so in one generation. */
    private void write(WebspaceRoom room, OwnerId owner, List<WriteItem> items) {
        Set<WriteItem> replaced = replaced(items);
        List<WriteItem> written = items.stream()
                .filter(item -> !replaced.contains(item)).toList();
        List<BranchWrite> puts = new ArrayList<>();
        long bytes = 0;
        for (WriteItem item : written) {
            puts.add(item.write().orElseThrow().put());
            bytes += item.write().orElseThrow().bytes();
        }
        RoomWrite command = new RoomWrite(
                owner.value(), WriteCause.SKILL_PROJECTION.wire(), puts, Math.toIntExact(bytes));
        items.forEach(item -> item.promise = Optional.of(command.promise()));
        gate.write(room, command).thenAccept(outcome -> {
            List<WriteEnd> ends = WriteEnd.of(outcome, written.size());
            for (int i = 0; i < ends.size(); i++) {
                settle(written.get(i), ends.get(i));
            }
            replaced.forEach(item -> settle(item, ofReplaced(outcome)));
        });
    }

    private void settle(WriteItem item, WriteEnd end) {
        governor.settled(item.ticket.orElseThrow(), end.settlement(), clock.getAsLong());
        item.end.complete(end);
    }

    /** Items of which a later one leaves nothing; one that is merged leaves something. */
    private static Set<WriteItem> replaced(List<WriteItem> items) {
        Set<WriteItem> replaced = new HashSet<>();
        Set<String> later = new HashSet<>();
        for (int i = items.size() - 1; i >= 0; i--) {
            DeclaredWrite write = items.get(i).write().orElseThrow();
            if (later.contains(write.path())) {
                replaced.add(items.get(i));
            } else if (write.put().mode() != BranchWrite.Mode.MERGE) {
                later.add(write.path());
            }
        }
        return replaced;
    }

    private static WriteEnd ofReplaced(WriteOutcome outcome) {
        WriteEnd end = WriteEnd.of(outcome instanceof WriteOutcome.Applied applied
                ? new WriteOutcome.Unchanged(applied.generation()) : outcome, 1).get(0);
        return end instanceof WriteEnd.Unchanged unchanged
                ? new WriteEnd.Coalesced(OptionalLong.of(unchanged.generation())) : end;
    }
}
