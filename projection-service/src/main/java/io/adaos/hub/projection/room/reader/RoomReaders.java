package io.adaos.hub.projection.room.reader;

import io.adaos.hub.contracts.status.StateSync.Fallback;
import io.adaos.hub.projection.crdt.id.StateVector;
import io.adaos.hub.projection.room.fact.SnapshotFallbacks;
import io.adaos.hub.projection.room.mailbox.DurableView;
import io.adaos.hub.projection.room.member.CloseReason;
import io.adaos.hub.projection.room.member.OutboundFrame;
import io.adaos.hub.projection.room.member.RoomMember;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The sockets of one room: each hears what the log holds, once, in its order. Writer only. */
public final class RoomReaders {

    /** Runs a task of the writer after a pause, when something may be told to readers. */
    public interface Later {
        void after(Duration pause, Runnable telling);
    }

    /** So long a client that was told to load the document anew may take for it. */
    private static final long RECOVERY_NANOS = Duration.ofSeconds(10).toNanos();

    private final Clock clock;
    private final Duration silenceMax;
    private final Later later;
    private final Set<RoomMember> members = new LinkedHashSet<>();
    private final ProofWaits proofWaits = new ProofWaits();
    private final StateAnswers answers = new StateAnswers();
    private final Gathering gathering;
    private final SnapshotFallbacks fallbacks;
    private boolean recovering;         // somebody was told to load the document anew, last then:
    private long recoveringSince;
    private StateVector told;
    private StateVector reached;        // told and what is gathered
    private long reachedGeneration;

    /**
     * @param silenceMax a plain client hears something at least this often
     * @param gatherWindow batches that come closer to each other than this are told together
     * @param told what the document holds at the beginning
     * @param fallbacks counts who had to load the document anew
     */
    public RoomReaders(Clock clock, Duration silenceMax, Duration gatherWindow,
            StateVector told, Later later, SnapshotFallbacks fallbacks) {
        this.clock = clock;
        this.silenceMax = silenceMax;
        this.gathering = new Gathering(gatherWindow, System.nanoTime());
        this.told = told;
        this.reached = told;
        this.later = later;
        this.fallbacks = fallbacks;
    }

    /** How many there are. */
    public int count() {
        return members.size();
    }

    /** Takes in a socket and asks what it has that the document lacks. */
    public void join(RoomMember member, DurableView view) {
        if (!member.isClosed()) {
            members.add(member);
            question(member, view);
        }
    }

    /** Asks a member for everything the document lacks. */
    public void question(RoomMember member, DurableView view) {
        member.offer(answers.step1(view.doc()));
    }

    /** Forgets a socket. */
    public void leave(RoomMember member) {
        members.remove(member);
        proofWaits.check(members);
    }

    /** Whether anybody waits for proof; safe for any thread. */
    public boolean proofAwaited() {
        return proofWaits.any();
    }

    /** Answers those who have waited for proof long enough. */
    public void checkProof() {
        proofWaits.check(members);
    }

    /** Completes with the number of clients that have proved this generation. */
    public void awaitProof(long generation, CompletableFuture<Integer> answer) {
        proofWaits.add(generation, answer);
        proofWaits.check(members);
    }

    /**
     * Answers the newest question of a member.
     *
     * @param incomplete whether the document may lack what its clients have
     */
    public void answer(RoomMember member, DurableView view, boolean incomplete) {
        member.takeQuestion().ifPresent(asked -> {
            if (incomplete && member.acknowledges()
                    && !view.doc().stateVector().covers(asked)) {
                member.offer(RoomFrames.reload());
                fallbacks.count(SnapshotFallbacks.Reason.LOG_SET_ASIDE);
                recovering = true;
                recoveringSince = System.nanoTime();
            }
            member.offer(answers.step2(view.doc(), asked));
            tellGeneration(member, view.generation());
        });
    }

    /** Whether somebody may still load the document anew. */
    public Fallback fallback() {
        recovering = recovering && System.nanoTime() - recoveringSince < RECOVERY_NANOS;
        return recovering ? SnapshotFallbacks.Reason.LOG_SET_ASIDE.mode() : Fallback.OFF;
    }

    /** Makes one fresh diff for a member that has lost frames. */
    public void resync(RoomMember member, DurableView view) {
        member.resynced(member.known().map(theirs -> answers.update(view.doc(), theirs)));
        tellGeneration(member, view.generation());
    }

    /**
     * Tells everybody of one batch, at once or with those that follow soon.
     *
     * @param after what the document holds with it
     */
    public void broadcast(byte[] update, long generation, StateVector after) {
        reached = after;
        reachedGeneration = generation;
        if (members.isEmpty()) {
            gathering.clear();
            told = after;
            return;
        }
        gathering.add(update);
        long now = System.nanoTime();
        if (gathering.isDue(now)) {
            tellGathered();
        } else if (gathering.isFirst()) {
            later.after(gathering.pause(now), this::tellGathered);
        }
    }

    private void tellGathered() {
        if (gathering.isEmpty()) {
            return;
        }
        OutboundFrame frame = RoomFrames.update(gathering.take(System.nanoTime()), told);
        OutboundFrame newest = RoomFrames.generation(reachedGeneration);
        told = reached;
        for (RoomMember member : members) {
            member.offer(frame);
            if (member.hearsGenerations()) {
                member.offer(newest);
            }
        }
    }

    /** Another document is shown from now on, or the same one with other content. */
    public void stateChanged() {
        answers.clear();
    }

    /**
     * Lets members hear something, and drops those that take nothing.
     *
     * @param certain whether this process may say which generation is the newest
     */
    public void beat(long generation, boolean certain) {
        if (certain) {
            tellGathered();
        }
        answers.clearUnlessAsked();
        Instant now = clock.instant();
        Instant silentSince = now.minus(silenceMax);
        OutboundFrame newest = RoomFrames.generation(generation);
        OutboundFrame signOfLife = RoomFrames.signOfLife();
        for (RoomMember member : members) {
            member.closeIfLost(now);
            if (member.hearsGenerations()) {
                if (certain) {
                    member.offer(newest);
                }
            } else if (member.lastSentAt().isBefore(silentSince)) {
                member.offer(signOfLife);
            }
        }
    }

    /** The room has ended for this reason. */
    public void close(CloseReason reason) {
        tellGathered();
        members.forEach(member -> member.close(reason));
        members.clear();
        proofWaits.abandon();
    }

    private static void tellGeneration(RoomMember member, long generation) {
        if (member.hearsGenerations()) {
            member.offer(RoomFrames.generation(generation));
        }
    }
}
