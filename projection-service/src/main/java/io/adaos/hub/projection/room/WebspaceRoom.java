package io.adaos.hub.projection.room;

import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.crdt.AbortedTransactionException;
import io.adaos.hub.projection.crdt.Doc;
import io.adaos.hub.projection.crdt.id.StateVector;
import io.adaos.hub.projection.room.branch.RoomDocs;
import io.adaos.hub.projection.room.fact.RoomFacts;
import io.adaos.hub.projection.room.fact.RoomHealth;
import io.adaos.hub.projection.room.fact.SnapshotFallbacks.Reason;
import io.adaos.hub.projection.room.lease.Tenure;
import io.adaos.hub.projection.room.mailbox.ClientUpdate;
import io.adaos.hub.projection.room.mailbox.DurableView;
import io.adaos.hub.projection.room.mailbox.RoomCommand;
import io.adaos.hub.projection.room.mailbox.RoomMailbox;
import io.adaos.hub.projection.room.mailbox.RoomWrite;
import io.adaos.hub.projection.room.mailbox.WriteOutcome;
import io.adaos.hub.projection.room.member.CloseReason;
import io.adaos.hub.projection.room.member.RoomMember;
import io.adaos.hub.projection.room.reader.RoomReaders;
import io.adaos.hub.projection.room.reader.StandIn;
import io.adaos.hub.projection.room.upkeep.SleepMemory;
import io.adaos.hub.projection.ystore.Lease;
import io.adaos.hub.projection.ystore.LogRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

    /** An append without an answer for so long is no sign of a log that works. */
    private static final long APPEND_NANOS_MAX = TimeUnit.SECONDS.toNanos(2);

    private final Lease lease;
    private final Tenure tenure;
    private final RoomServices services;
    private final Consumer<WebspaceRoom> onClosed;
    private final SerialExecutor writer;
    private final RoomMailbox mailbox;

    // all below: writer only
    private final Doc doc;
    private final RoomDocument document;
    private final DurableCopy durable;
    private final RoomCompaction compaction;
    private final RoomReaders readers;
    private final RoomAppends appends;
    private final StandIn standIn;
    private final RoomWatch watch;
    private volatile Phase phase = Phase.READY;       // read by any thread
    private volatile long appendingSince;             // System.nanoTime; read by any thread
    private volatile long usedAt = System.nanoTime(); // written and read by any thread
    private long generation;
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
        this.document = new RoomDocument(loaded, services);
        this.durable = loaded.durable();
        this.compaction = new RoomCompaction(services, lease, durable, this::onWriter);
        this.generation = loaded.generation();
        this.appends = new RoomAppends(services, tenure, this::onWriter, new Appending());
        this.readers = new RoomReaders(services.clock(), services.settings().silenceMax(),
                services.settings().gatherWindow(), doc.stateVector(), appends::tellLater,
                services.upkeep().counts().fallbacks());
        this.standIn = new StandIn(durable::restore, readers);
        this.watch = new RoomWatch(document, loaded, readers, standIn,
                services.settings().compaction().rowsMax());
    }

    /** Mends what older writers left, before anybody else writes. */
    void start() {
        onWriter(() -> document.repair().ifPresent(write -> {
            if (phase == Phase.READY && tenure.isCertain()) {
                LOG.infof("event=document_repaired webspaceId=%s writes=%d",
                        webspace(), write.writes().size());
                services.upkeep().counts().repaired();
                perform(List.of(new RoomCommand.Branches(write, new CompletableFuture<>())));
            }
        }));
    }

    /** Somebody is about to use the room. */
    void use() {
        usedAt = System.nanoTime();
    }

    /** For how long nobody has used the room; sockets that are in it do not count. */
    long idleNanos() {
        return System.nanoTime() - usedAt;
    }

    /** Whether no socket is in the room, nothing waits, and nobody has used it for so long. */
    CompletionStage<Boolean> isQuiet(Duration quiet) {
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        onWriter(() -> answer.complete(isQuietFor(quiet)));
        return answer;
    }

    /**
     * Ends the room if it is quiet still; completes with whether it did. All it knows is in the
     * log. A command that comes too late is abandoned and finds the next room.
     *
     * @param memory is told before anybody can open the room again
     */
    CompletionStage<Boolean> sleep(Duration quiet, SleepMemory memory) {
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        onWriter(() -> {
            boolean asleep = isQuietFor(quiet);
            if (asleep) {
                memory.keep(lease, generation);
                end(CloseReason.RESTART);
            }
            answer.complete(asleep);
        });
        return answer;
    }

    private boolean isQuietFor(Duration quiet) {
        return phase == Phase.READY && tenure.isCertain() && readers.count() == 0
                && mailbox.isEmpty() && idleNanos() >= quiet.toNanos();
    }

    /** The webspace whose document this is. */
    public WebspaceId webspace() {
        return lease.webspace();
    }

    /** Takes in a socket: it is asked what it knows, and hears of every generation from now on. */
    public void join(RoomMember member) {
        member.onResyncNeeded(this::resync);
        read(view -> readers.join(member, view), () -> member.close(CloseReason.RESTART));
    }

    /** Forgets a socket. */
    public void leave(RoomMember member) {
        member.gone();
        use();
        onWriter(() -> readers.leave(member));
    }

    /** A client says that it has applied everything up to this generation. */
    public void acknowledged(RoomMember member, long by) {
        member.acknowledge(by);
        if (readers.proofAwaited()) {
            onWriter(readers::checkProof);
        }
    }

    /**
     * Completes when every client that acknowledges has applied this generation, with the number of
     * these clients; fails when the room ends first. Has no time limit of its own.
     */
    public CompletionStage<Integer> materialized(long reached) {
        CompletableFuture<Integer> answer = new CompletableFuture<>();
        onWriter(() -> {
            if (phase == Phase.CLOSED) {
                answer.completeExceptionally(new IllegalStateException("the room ended"));
            } else {
                readers.awaitProof(reached, answer);
            }
        });
        return answer;
    }

    /** Sends a member everything it does not know; of questions that wait only the newest. */
    public void answerStep1(RoomMember member, StateVector theirs) {
        if (member.ask(theirs)) {
            read(view -> readers.answer(member, view, watch.isIncomplete()),
                    () -> member.close(CloseReason.RESTART));
        }
    }

    /** Asks a member for everything the document lacks, after an update that did not fit. */
    public void askAgain(RoomMember member) {
        read(view -> readers.question(member, view),
                () -> member.close(CloseReason.RESTART));
    }

    /** Writes plain values; the stage completes when the log holds them. */
    public CompletionStage<WriteOutcome> write(RoomWrite write) {
        CompletableFuture<WriteOutcome> answer = new CompletableFuture<>();
        RoomCommand.Branches command = new RoomCommand.Branches(write, answer);
        if (phase == Phase.STORE_LOST && command.mayBeRefused()) {
            command.refuse(WriteOutcome.Reason.STORE_UNAVAILABLE, StandIn.NO_LOG);
        } else {
            post(command);
        }
        return answer;
    }

    /** Applies an update of a client that lets it in; one that brings nothing new is no write. */
    public CompletionStage<WriteOutcome> apply(ClientUpdate update) {
        CompletableFuture<WriteOutcome> answer = new CompletableFuture<>();
        post(new RoomCommand.Raw(update, answer));
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
        read(view -> answer.complete(readers.count()),
                () -> answer.completeExceptionally(new IllegalStateException("the room ended")));
        return answer;
    }

    /** How the room is; safe for any thread. */
    public RoomHealth health() {
        return watch.health(isLogAvailable());
    }

    /** What is known of the room; what only its writer knows is at most a heartbeat old. */
    public RoomFacts facts() {
        return watch.facts(isLogAvailable());
    }

    private boolean isLogAvailable() {
        return tenure.isCertain() && switch (phase) {
            case READY -> true;
            case APPENDING -> System.nanoTime() - appendingSince < APPEND_NANOS_MAX;
            case STORE_LOST, CLOSED -> false;
        };
    }

    /** Whether a part of the document waits in the set-aside table; safe for any thread. */
    public void incomplete(boolean now) {
        watch.incomplete(now);
    }

    public Tenure tenure() {
        return tenure;
    }

    /** Ends the room: its sockets are closed for this reason, waiting writes are refused. */
    public void close(CloseReason reason) {
        onWriter(() -> end(reason));
    }

    /**
     * Lets members hear something from time to time, drops those that take nothing, and does what
     * waits for quiet.
     */
    void tick() {
        onWriter(() -> {
            compaction.startIfDue(generation);
            watch.look();
            readers.beat(generation, tenure.isCertain());
            drain();
            long now = services.clock().millis();
            if (phase == Phase.READY && tenure.isCertain() && document.isRotationWaiting(now)) {
                underWay = new RoomBatch();
                document.rotate(underWay, now);
                appendOrAnswer();
            }
        });
    }

    private void read(Consumer<DurableView> reader, Runnable closed) {
        post(new RoomCommand.Read(reader, closed));
    }

    private void resync(RoomMember member) {
        read(view -> readers.resync(member, view), () -> member.close(CloseReason.RESTART));
    }

    private void post(RoomCommand command) {
        use();
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
            perform(commands);
        }
        if (phase == Phase.STORE_LOST || phase == Phase.READY) {
            mailbox.takeRefusable().forEach(this::performWithoutStore);
        }
    }

    private void perform(List<RoomCommand> commands) {
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
        document.rotateAfter(underWay, services.clock().millis());
        appendOrAnswer();
    }

    private void appendOrAnswer() {
        if (underWay.hasChanged()) {
            LogRow row = LogRow.of(lease, generation + 1, underWay.update());
            appendingSince = System.nanoTime();
            phase = Phase.APPENDING;
            appends.start(row);
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
            } else if (command instanceof RoomCommand.Write write) {
                document.perform(write, underWay, generation);
            }
        } catch (AbortedTransactionException e) {
            LOG.errorf(e, "event=room_write_aborted webspaceId=%s", webspace());
            underWay.add(e.update(), List.of(), new CompletableFuture<>());
            command.abandon();
        } catch (RuntimeException | StackOverflowError e) {
            failed(command, e);
        }
    }

    private void performWithoutStore(RoomCommand command) {
        if (phase == Phase.CLOSED) {
            command.abandon();
            return;
        }
        try {
            StandIn.answer(command, readable(), generation);
        } catch (RuntimeException | StackOverflowError e) {
            failed(command, e);
        }
    }

    private void failed(RoomCommand command, Throwable fault) {
        LOG.errorf(fault, "event=room_failed webspaceId=%s", webspace());
        command.abandon();
        end(CloseReason.RESTART);
    }

    /** What the log holds, while the live document is ahead of it. */
    private Doc readable() {
        if (phase == Phase.READY) {
            return doc;
        }
        if (!standIn.isShown()) {
            services.upkeep().counts().fallbacks().count(Reason.STORE_LOST);
        }
        Doc shown = standIn.doc();
        watch.look();
        return shown;
    }

    private final class Appending implements RoomAppends.Listener {

        @Override
        public boolean isOver() {
            return phase == Phase.CLOSED;
        }

        @Override
        public void appended(LogRow row) {
            WebspaceRoom.this.appended(row);
        }

        @Override
        public void appendFailed(LogRow row, Throwable failure) {
            storeFailed(row, failure);
        }

        @Override
        public void epochLost() {
            LOG.warnf("event=room_epoch_lost webspaceId=%s epoch=%d",
                    webspace(), lease.epoch());
            end(CloseReason.RESTART);
        }

        @Override
        public void appendAbandoned() {
            underWay.abandon();
        }
    }

    private void storeFailed(LogRow row, Throwable failure) {
        if (phase != Phase.STORE_LOST) {
            LOG.errorf("event=room_store_lost webspaceId=%s generation=%d cause=%s",
                    webspace(), row.generation(), failure);
            phase = Phase.STORE_LOST;
            List<RoomCommand.Read> waiting = new ArrayList<>(underWay.reads());
            underWay.reads().clear();
            waiting.forEach(this::performWithoutStore);
        }
        drain();
    }

    private void appended(LogRow row) {
        if (phase == Phase.STORE_LOST) {
            LOG.infof("event=room_store_back webspaceId=%s generation=%d",
                    webspace(), row.generation());
        }
        phase = Phase.READY;
        standIn.leave();
        generation = row.generation();
        durable.add(row.payload());
        watch.published(generation);
        readers.broadcast(row.payload(), generation, doc.stateVector());
        RoomBatch done = underWay;
        underWay = new RoomBatch();
        done.answer(generation);
        done.reads().forEach(this::perform);
        compaction.startIfDue(generation);
        drain();
    }

    private void end(CloseReason reason) {
        if (phase == Phase.CLOSED) {
            return;
        }
        phase = Phase.CLOSED;
        onClosed.accept(this);
        readers.close(reason);
        mailbox.close().forEach(RoomCommand::abandon);
        underWay.abandon();
    }
}
