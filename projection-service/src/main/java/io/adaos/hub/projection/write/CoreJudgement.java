package io.adaos.hub.projection.write;

import io.adaos.hub.projection.governance.GovernanceDecision;
import io.adaos.hub.projection.governance.PendingValue;
import io.adaos.hub.projection.governance.WriteGovernor;
import io.adaos.hub.projection.governance.WriteTicket;
import io.adaos.hub.projection.governance.evidence.OwnerKey;
import io.adaos.hub.projection.governance.evidence.WriteAttempt;
import io.adaos.hub.projection.governance.evidence.WriteOrigin;
import io.adaos.hub.projection.room.WebspaceRoom;
import io.adaos.hub.projection.room.branch.BranchWrite;
import io.adaos.hub.projection.room.branch.JsonSize;
import io.adaos.hub.projection.room.mailbox.RoomWrite;
import io.adaos.hub.projection.room.mailbox.WriteOutcome;
import io.adaos.hub.projection.write.body.Fingerprint;
import io.adaos.hub.projection.write.ingress.DeclaredWrite;
import io.adaos.hub.projection.write.ingress.RoomGate;
import io.adaos.hub.projection.write.ingress.WriteEnd;
import io.adaos.hub.projection.write.ingress.WriteRefusal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;

/** Puts writes of the hub's own parts before the governor, which measures and never holds them. */
final class CoreJudgement {

    private static final String SOURCE = "projection_service";
    private static final String CHANNEL = "core";

    private final WriteGovernor governor;
    private final RoomGate gate;
    private final LongSupplier clock;

    CoreJudgement(WriteGovernor governor, RoomGate gate, LongSupplier clock) {
        this.governor = governor;
        this.gate = gate;
        this.clock = clock;
    }

    /** Writes to a webspace, all at once; never fails. */
    CompletionStage<WriteReceipt> write(CoreWrite write) {
        return gate.find(write.webspace()).thenCompose(place -> place.room().isPresent()
                ? write(write, place.room().get())
                : CompletableFuture.completedStage(
                        refused(write, place.refusal().orElseThrow())));
    }

    private WriteReceipt refused(CoreWrite write, WriteRefusal refusal) {
        OwnerKey nowhere = OwnerKey.nowhere(write.owner());
        write.writes().forEach(one -> governor.refuse(
                attempt(nowhere, write, one), refusal.reason(), clock.getAsLong()));
        return new WriteReceipt.Refused(refusal.code(), refusal.detail());
    }

    private CompletionStage<WriteReceipt> write(CoreWrite write, WebspaceRoom room) {
        OwnerKey key = OwnerKey.of(write.webspace(), write.owner());
        List<WriteTicket> tickets = new ArrayList<>();
        List<BranchWrite> branches = new ArrayList<>();
        long bytes = 0;
        for (ProjectionWrite one : write.writes()) {
            WriteAttempt attempt = attempt(key, write, one);
            tickets.add(ticket(attempt));
            branches.add(branch(one));
            bytes += attempt.bytes();
        }
        return gate.write(room, new RoomWrite(write.owner().value(), write.cause().wire(),
                        branches, (int) Math.min(bytes, Integer.MAX_VALUE)))
                .thenApply(outcome -> settled(tickets, outcome));
    }

    private WriteReceipt settled(List<WriteTicket> tickets, WriteOutcome outcome) {
        List<WriteEnd> ends = WriteEnd.of(outcome, tickets.size());
        for (int i = 0; i < ends.size(); i++) {
            governor.settled(tickets.get(i), ends.get(i).settlement(), clock.getAsLong());
        }
        return receipt(outcome);
    }

    private WriteTicket ticket(WriteAttempt attempt) {
        GovernanceDecision decision = governor.judge(attempt, new Unheld(attempt.bytes()),
                clock.getAsLong());
        if (decision instanceof GovernanceDecision.Permit permit) {
            return permit.ticket();
        }
        throw new AssertionError("a part of the hub was held up: " + decision.evidence());
    }

    private static WriteReceipt receipt(WriteOutcome outcome) {
        if (outcome instanceof WriteOutcome.Applied applied) {
            return new WriteReceipt.Applied(applied.generation());
        }
        if (outcome instanceof WriteOutcome.Unchanged unchanged) {
            return new WriteReceipt.Unchanged(unchanged.generation());
        }
        WriteOutcome.Refused refused = (WriteOutcome.Refused) outcome;
        return new WriteReceipt.Refused(
                WriteRefusal.codeOf(refused.reason()), refused.detail());
    }

    private static WriteAttempt attempt(OwnerKey key, CoreWrite write, ProjectionWrite one) {
        Object value = one instanceof ProjectionWrite.Put put ? put.value()
                : one instanceof ProjectionWrite.Items items ? items.values() : null;
        return WriteAttempt.governed(key, DeclaredWrite.pathText(one.path()),
                new WriteAttempt.Value(JsonSize.of(value), Fingerprint.of(value)),
                new WriteOrigin(write.cause(), SOURCE, CHANNEL, "", 0));
    }

    private static BranchWrite branch(ProjectionWrite write) {
        if (write instanceof ProjectionWrite.Put put) {
            return new BranchWrite.Put(put.path(), put.value());
        }
        if (write instanceof ProjectionWrite.Items items) {
            return new BranchWrite.Items(items.path(), items.values());
        }
        return new BranchWrite.Remove(write.path());
    }

    /** A value that never waits. */
    private record Unheld(long bytes) implements PendingValue {
        @Override
        public PendingValue over(PendingValue older) {
            throw new AssertionError("a part of the hub was held up");
        }
    }
}
