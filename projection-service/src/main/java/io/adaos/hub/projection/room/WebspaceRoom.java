package io.adaos.hub.projection.room;

import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.crdt.AbortedTransactionException;
import io.adaos.hub.projection.crdt.Doc;
import io.adaos.hub.projection.crdt.UpdateFit;
import io.adaos.hub.projection.crdt.codec.MalformedUpdateException;
import io.adaos.hub.projection.crdt.id.StateVector;
import io.adaos.hub.projection.room.branch.LeafReconciler;
import io.adaos.hub.projection.room.branch.RoomDocs;
import io.adaos.hub.projection.room.lease.Tenure;
import io.adaos.hub.projection.room.mailbox.DurableView;
import io.adaos.hub.projection.room.mailbox.RoomCommand;
import io.adaos.hub.projection.room.mailbox.RoomMailbox;
import io.adaos.hub.projection.room.mailbox.RoomWrite;
import io.adaos.hub.projection.room.mailbox.WriteOutcome;
import io.adaos.hub.projection.room.member.CloseReason;
import io.adaos.hub.projection.room.member.OutboundFrame;
import io.adaos.hub.projection.room.member.RoomMember;
import io.adaos.hub.projection.ystore.AppendResult;
import io.adaos.hub.projection.ystore.Lease;
import io.adaos.hub.projection.ystore.LogRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** The live home of one webspace's document: one writer, many readers, nobody ahead of the log. */
public final class WebspaceRoom {

    /*
     * Notes on the writer.
     *
     * Commands wait in a mailbox and are taken in batches by one serial executor. A batch is
     * applied in memory and appended to the log; only then is it broadcast and answered. While an
     * append is under way the next batch gathers, and whoever wants to look waits with it, since
     * the document in memory is ahead of the log.
     *
     * When the append fails it is repeated, with the same generation, until the store takes it.
     * Meanwhile writes are refused and readers see a second document, made of what the log holds.
     * When another epoch has taken the webspace the room ends and its clients reconnect. While it
     * is not known whether one has, nothing is told: what the log took waits, writes are refused.
     */

    private enum Phase { READY, APPENDING, STORE_LOST, CLOSED }

    private static final Logger LOG = Logger.getLogger(WebspaceRoom.class);
    private static final byte[] NOTHING = new byte[0];

    /** An append without an answer for so long is no sign of a log that works. */
    private static final long APPEND_NANOS_MAX = TimeUnit.SECONDS.toNanos(2);
    private static final Duration DOUBT_PAUSE = Duration.ofMillis(50);

    private final Lease lease;
    private final Tenure tenure;
    private final RoomServices services;
    private final Consumer<WebspaceRoom> onClosed;
    private final SerialExecutor writer;
    private final RoomMailbox mailbox;

    // all below: writer only
    private final Doc doc;
    private final DurableCopy durable;
    private final RoomCompaction compaction;
    private final Set<RoomMember> members = new LinkedHashSet<>();
    private final ProofWaits proofWaits = new ProofWaits();
    private volatile Phase phase = Phase.READY;       // read by any thread
    private volatile long appendingSince;             // System.nanoTime; read by any thread
    private volatile boolean incomplete;              // written and read by any thread
    private long generation;
    private StateVector known;
    private Optional<Doc> fallback = Optional.empty();
    private Optional<byte[]> wholeState = Optional.empty();
    private RoomBatch underWay = new RoomBatch();

    WebspaceRoom(LoadedDoc loaded, Tenure tenure, RoomServices services,
            Consumer<WebspaceRoom> onClosed) {
        this.lease = loaded.lease();
        this.tenure = tenure;
        this.services = services;
        this.onClosed = onClosed;
        this.writer = new SerialExecutor(services.threads());
        this.mailbox = new RoomMailbox(services.settings().mailbox());
        this.doc = loaded.doc();
        this.durable = loaded.durable();
        this.compaction = new RoomCompaction(services, lease, durable, this::onWriter);
        this.generation = loaded.generation();
        this.known = doc.stateVector();
    }

    /** The webspace whose document this is. */
    public WebspaceId webspace() {
        return lease.webspace();
    }

    /** Takes in a socket: it is asked what it knows, and hears of every generation from now on. */
    public void join(RoomMember member) {
        member.onResyncNeeded(this::resync);
        read(view -> {
            if (!member.isClosed()) {
                members.add(member);
                member.offer(RoomFrames.step1(view.doc().stateVector()));
            }
        }, () -> member.close(CloseReason.RESTART));
    }

    /** Forgets a socket. */
    public void leave(RoomMember member) {
        member.gone();
        onWriter(() -> {
            members.remove(member);
            proofWaits.check(members);
        });
    }

    /** A client says that it has applied everything up to this generation. */
    public void acknowledged(RoomMember member, long by) {
        member.acknowledge(by);
        if (proofWaits.any()) {
            onWriter(() -> proofWaits.check(members));
        }
    }

    /**
     * Completes when every client that acknowledges has applied this generation, with the number of
     * these clients; fails when the room ends first. Has no time limit of its own.
     */
    public CompletionStage<Integer> materialized(long reached) {
        CompletableFuture<Integer> answer = new CompletableFuture<>();
        onWriter(() -> {
            proofWaits.add(reached, answer);
            if (phase == Phase.CLOSED) {
                proofWaits.abandon();
            } else {
                proofWaits.check(members);
            }
        });
        return answer;
    }

    /** Sends a member everything it does not know; of questions that wait only the newest. */
    public void answerStep1(RoomMember member, StateVector theirs) {
        if (member.ask(theirs)) {
            read(view -> member.takeQuestion().ifPresent(asked -> {
                if (incomplete && member.acknowledges()
                        && !view.doc().stateVector().covers(asked)) {
                    member.offer(RoomFrames.reload());
                }
                member.offer(RoomFrames.step2(stateSince(view.doc(), asked), asked));
                tellGeneration(member, view.generation());
            }), () -> member.close(CloseReason.RESTART));
        }
    }

    /** Asks a member for everything the document lacks, after an update that did not fit. */
    public void askAgain(RoomMember member) {
        read(view -> member.offer(RoomFrames.step1(view.doc().stateVector())),
                () -> member.close(CloseReason.RESTART));
    }

    /** Writes plain values; the stage completes when the log holds them. */
    public CompletionStage<WriteOutcome> write(RoomWrite write) {
        CompletableFuture<WriteOutcome> answer = new CompletableFuture<>();
        post(new RoomCommand.Branches(write, answer));
        return answer;
    }

    /**
     * Applies an update of a client.
     *
     * @param mayChange whether it may bring something new; without that right an update of which
     *     everything is known already is no write, and any other is refused
     */
    public CompletionStage<WriteOutcome> apply(String owner, byte[] update, boolean mayChange) {
        CompletableFuture<WriteOutcome> answer = new CompletableFuture<>();
        post(new RoomCommand.Raw(owner, update, mayChange, answer));
        return answer;
    }

    /** The document as plain JSON; fails when the room ends first. */
    public CompletionStage<RoomState> state() {
        CompletableFuture<RoomState> answer = new CompletableFuture<>();
        read(view -> answer.complete(new RoomState(
                        webspace(), view.generation(), RoomDocs.materialize(view.doc()))),
                () -> answer.completeExceptionally(new IllegalStateException("the room ended")));
        return answer;
    }

    /** How many sockets hear of generations; fails when the room ends first. */
    CompletionStage<Integer> memberCount() {
        CompletableFuture<Integer> answer = new CompletableFuture<>();
        read(view -> answer.complete(members.size()),
                () -> answer.completeExceptionally(new IllegalStateException("the room ended")));
        return answer;
    }

    /** How the room is; safe for any thread. */
    public RoomHealth health() {
        boolean logAvailable = tenure.isCertain() && switch (phase) {
            case READY -> true;
            case APPENDING -> System.nanoTime() - appendingSince < APPEND_NANOS_MAX;
            case STORE_LOST, CLOSED -> false;
        };
        return RoomHealth.of(logAvailable, incomplete);
    }

    /** Whether a part of the document waits in the set-aside table; safe for any thread. */
    public void incomplete(boolean now) {
        incomplete = now;
    }

    Tenure tenure() {
        return tenure;
    }

    /** Ends the room: its sockets are closed for this reason, waiting writes are refused. */
    public void close(CloseReason reason) {
        onWriter(() -> end(reason));
    }

    /** Lets members hear something from time to time, and drops those that take nothing. */
    void tick() {
        onWriter(() -> {
            compaction.startIfDue(generation);
            RoomHeartbeat.beat(members, services, generation, tenure.isCertain());
        });
    }

    private void read(Consumer<DurableView> reader, Runnable closed) {
        post(new RoomCommand.Read(reader, closed));
    }

    private void resync(RoomMember member) {
        read(view -> {
            member.resynced(member.known().map(theirs ->
                    RoomFrames.update(stateSince(view.doc(), theirs), theirs)));
            tellGeneration(member, view.generation());
        }, () -> member.close(CloseReason.RESTART));
    }

    private static void tellGeneration(RoomMember member, long generation) {
        if (member.hearsGenerations()) {
            member.offer(RoomFrames.generation(generation));
        }
    }

    private void post(RoomCommand command) {
        mailbox.offer(command);
        onWriter(this::drain);
    }

    /** A fault of the writer ends the room; its clients reconnect to one made from the log. */
    private void onWriter(Runnable task) {
        writer.execute(() -> {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                LOG.errorf(e, "event=room_failed webspaceId=%s", webspace());
                end(CloseReason.RESTART);
            }
        });
    }

    private void drain() {
        while (phase == Phase.READY && tenure.isCertain()) {
            List<RoomCommand> commands = mailbox.take();
            if (commands.isEmpty()) {
                return;
            }
            run(commands);
        }
        if (phase == Phase.STORE_LOST || phase == Phase.READY) {
            mailbox.takeAll().forEach(this::performWithoutStore);
        }
    }

    private void run(List<RoomCommand> commands) {
        underWay = new RoomBatch();
        for (RoomCommand command : commands) {
            if (phase == Phase.CLOSED) {
                command.abandon();
            } else {
                perform(command);
            }
        }
        if (phase == Phase.CLOSED) {
            return;
        }
        if (underWay.hasChanged()) {
            LogRow row = LogRow.of(lease, generation + 1, underWay.update());
            appendingSince = System.nanoTime();
            phase = Phase.APPENDING;
            append(row, services.settings().appendRetryFirst());
        } else {
            underWay.answer(generation);
        }
    }

    private void perform(RoomCommand command) {
        try {
            if (command instanceof RoomCommand.Read read) {
                if (underWay.hasChanged()) {
                    underWay.later(read);
                } else {
                    read.reader().accept(new DurableView(doc, generation));
                }
            } else if (command instanceof RoomCommand.Branches branches) {
                performBranches(branches);
            } else if (command instanceof RoomCommand.Raw raw) {
                performRaw(raw);
            }
        } catch (AbortedTransactionException e) {
            LOG.errorf(e, "event=room_write_aborted webspaceId=%s", webspace());
            underWay.add(e.update(), List.of(), new CompletableFuture<>());
            command.abandon();
        } catch (RuntimeException | StackOverflowError e) {
            LOG.errorf(e, "event=room_failed webspaceId=%s", webspace());
            command.abandon();
            end(CloseReason.RESTART);
        }
    }

    private void performBranches(RoomCommand.Branches branches) {
        List<Long> sizes = new ArrayList<>();
        byte[] update = doc.transact(branches.write().source(), transaction ->
                new LeafReconciler(transaction, doc).apply(branches.write().writes(), sizes));
        underWay.add(update, sizes, branches.answer());
    }

    private void performRaw(RoomCommand.Raw raw) {
        try {
            UpdateFit fit = doc.fitOf(raw.update());
            if (fit == UpdateFit.KNOWN) {
                underWay.add(NOTHING, List.of(), raw.answer());
            } else if (!raw.mayChange()) {
                raw.refuse(WriteOutcome.Reason.NOT_ALLOWED, "this credential may only read");
            } else if (fit == UpdateFit.GAP) {
                raw.refuse(WriteOutcome.Reason.GAP, "earlier updates have not arrived");
            } else {
                underWay.add(doc.apply(raw.update(), raw.owner()),
                        List.of((long) raw.update().length), raw.answer());
            }
        } catch (MalformedUpdateException e) {
            raw.refuse(WriteOutcome.Reason.MALFORMED, e.getMessage());
        }
    }

    private void performWithoutStore(RoomCommand command) {
        if (phase == Phase.CLOSED) {
            command.abandon();
            return;
        }
        try {
            answerWithoutStore(command, readable());
        } catch (RuntimeException | StackOverflowError e) {
            LOG.errorf(e, "event=room_failed webspaceId=%s", webspace());
            command.abandon();
            end(CloseReason.RESTART);
        }
    }

    private void answerWithoutStore(RoomCommand command, Doc readable) {
        if (command instanceof RoomCommand.Read read) {
            read.reader().accept(new DurableView(readable, generation));
        } else if (command instanceof RoomCommand.Raw raw && isKnown(readable, raw)) {
            raw.answer().complete(new WriteOutcome.Unchanged(generation));
        } else if (command instanceof RoomCommand.Write write) {
            write.refuse(WriteOutcome.Reason.STORE_UNAVAILABLE, "the log cannot be written");
        }
    }

    private static boolean isKnown(Doc readable, RoomCommand.Raw raw) {
        try {
            return readable.fitOf(raw.update()) == UpdateFit.KNOWN;
        } catch (MalformedUpdateException e) {
            raw.refuse(WriteOutcome.Reason.MALFORMED, e.getMessage());
            return false;
        }
    }

    /** What the log holds, while the live document is ahead of it. */
    private Doc readable() {
        if (phase == Phase.READY) {
            return doc;
        }
        if (fallback.isEmpty()) {
            fallback = Optional.of(durable.restore());
            wholeState = Optional.empty();
        }
        return fallback.get();
    }

    private void append(LogRow row, Duration retryAfter) {
        services.store().log().append(row).whenComplete((result, failure) ->
                onWriter(() -> {
                    if (phase == Phase.CLOSED) {
                        underWay.abandon();
                    } else if (failure != null) {
                        appendFailed(row, retryAfter, failure);
                    } else if (result instanceof AppendResult.EpochLost) {
                        LOG.warnf("event=room_epoch_lost webspaceId=%s epoch=%d",
                                webspace(), lease.epoch());
                        end(CloseReason.RESTART);
                    } else {
                        tell(row);
                    }
                }));
    }

    /** What the log took is told when nobody else can be the owner, and never if somebody is. */
    private void tell(LogRow row) {
        if (phase == Phase.CLOSED) {
            underWay.abandon();
        } else if (tenure.isCertain()) {
            appended(row);
        } else {
            services.timer().schedule(() -> onWriter(() -> tell(row)),
                    DOUBT_PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void appendFailed(LogRow row, Duration retryAfter, Throwable failure) {
        if (phase != Phase.STORE_LOST) {
            LOG.errorf("event=room_store_lost webspaceId=%s generation=%d cause=%s",
                    webspace(), row.generation(), failure);
            phase = Phase.STORE_LOST;
            List<RoomCommand.Read> waiting = new ArrayList<>(underWay.reads());
            underWay.reads().clear();
            waiting.forEach(this::performWithoutStore);
        }
        drain();
        Duration max = services.settings().appendRetryMax();
        Duration doubled = retryAfter.multipliedBy(2);
        Duration next = doubled.compareTo(max) < 0 ? doubled : max;
        services.timer().schedule(() -> onWriter(() -> append(row, next)),
                retryAfter.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void appended(LogRow row) {
        if (phase == Phase.STORE_LOST) {
            LOG.infof("event=room_store_back webspaceId=%s generation=%d",
                    webspace(), row.generation());
        }
        phase = Phase.READY;
        fallback = Optional.empty();
        wholeState = Optional.empty();
        generation = row.generation();
        durable.add(row.payload());
        broadcast(row.payload());
        known = doc.stateVector();
        RoomBatch done = underWay;
        underWay = new RoomBatch();
        done.answer(generation);
        done.reads().forEach(this::perform);
        compaction.startIfDue(generation);
        drain();
    }

    private void broadcast(byte[] update) {
        OutboundFrame frame = RoomFrames.update(update, known);
        OutboundFrame newest = RoomFrames.generation(generation);
        for (RoomMember member : members) {
            member.offer(frame);
            if (member.hearsGenerations()) {
                member.offer(newest);
            }
        }
    }

    /** Joiners know nothing and come in crowds, so their answer is kept until it changes. */
    private byte[] stateSince(Doc readable, StateVector theirs) {
        if (!theirs.isEmpty()) {
            return readable.encodeStateAsUpdate(theirs);
        }
        if (wholeState.isEmpty()) {
            wholeState = Optional.of(readable.encodeStateAsUpdate());
        }
        return wholeState.get();
    }

    private void end(CloseReason reason) {
        if (phase == Phase.CLOSED) {
            return;
        }
        phase = Phase.CLOSED;
        onClosed.accept(this);
        members.forEach(member -> member.close(reason));
        members.clear();
        proofWaits.abandon();
        mailbox.close().forEach(RoomCommand::abandon);
        underWay.abandon();
    }
}
