package io.adaos.hub.projection.room.mailbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class RoomMailboxTest {

    private final RoomMailbox mailbox = new RoomMailbox(new MailboxLimits(3, 100, 4, 50));

    @Test
    void take_ofManyOwners_takesOneOfEachInTurn() {
        // Given
        List<RoomCommand> noisy = List.of(
                offered("skill:noisy", 1), offered("skill:noisy", 1), offered("skill:noisy", 1));
        RoomCommand quiet = offered("skill:quiet", 1);
        RoomCommand other = offered("user:other", 1);

        // When
        List<RoomCommand> batch = mailbox.take();

        // Then
        assertEquals(List.of(noisy.get(0), quiet, other, noisy.get(1)), batch);
        assertEquals(List.of(noisy.get(2)), mailbox.take());
    }

    @Test
    void take_acrossBatches_remembersWhoseTurnItIs() {
        // Given
        RoomCommand first = offered("skill:a", 60);
        RoomCommand second = offered("skill:a", 40);
        RoomCommand late = offered("skill:b", 1);

        // When
        List<RoomCommand> batch = mailbox.take();

        // Then
        assertEquals(List.of(first), batch, "the bytes of a batch are reached");
        assertEquals(List.of(late, second), mailbox.take());
    }

    @Test
    void offer_overTheCommandsOfALane_refusesItsOwnerOnly() {
        // Given
        offered("skill:noisy", 1);
        offered("skill:noisy", 1);
        offered("skill:noisy", 1);

        // When
        RoomCommand.Branches fourth = offered("skill:noisy", 1);
        RoomCommand.Branches quiet = offered("skill:quiet", 1);

        // Then
        assertEquals(WriteOutcome.Reason.MAILBOX_FULL, refusal(fourth));
        assertFalse(quiet.answer().isDone());
    }

    @Test
    void offer_overTheBytesOfALane_isRefusedUnlessItIsAlone() {
        // Given
        RoomCommand.Branches huge = offered("skill:huge", 5_000);
        offered("skill:two", 90);

        // When
        RoomCommand.Branches behind = offered("skill:huge", 1);
        RoomCommand.Branches over = offered("skill:two", 11);

        // Then
        assertFalse(huge.answer().isDone());
        assertEquals(WriteOutcome.Reason.MAILBOX_FULL, refusal(behind));
        assertEquals(WriteOutcome.Reason.MAILBOX_FULL, refusal(over));
    }

    @Test
    void offer_ofCoreAndOfRawUpdates_findsNoBound() {
        // Given
        List<RoomCommand.Write> writes = new ArrayList<>();

        // When
        for (int i = 0; i < 10; i++) {
            writes.add(offered("core:operations", 90));
            RoomCommand.Raw raw = new RoomCommand.Raw(
                    new PlainUpdate("user:writer", new byte[90]), new CompletableFuture<>());
            mailbox.offer(raw);
            writes.add(raw);
        }

        // Then
        assertTrue(writes.stream().noneMatch(write -> write.answer().isDone()));
        assertEquals(20, mailbox.takeRefusable().size());
    }

    @Test
    void take_withReads_takesThemFirstAndStillOneWrite() {
        // Given
        RoomCommand write = offered("skill:a", 1);
        List<RoomCommand> reads = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            RoomCommand.Read read = new RoomCommand.Read(view -> { }, () -> { });
            mailbox.offer(read);
            reads.add(read);
        }

        // When
        List<RoomCommand> batch = mailbox.take();

        // Then
        assertEquals(reads.subList(0, 4), batch.subList(0, 4));
        assertEquals(List.of(write), batch.subList(4, 5));
    }

    @Test
    void offer_afterTheEnd_isAbandoned() {
        // Given
        RoomCommand.Branches waiting = offered("skill:a", 1);
        List<RoomCommand> left = mailbox.close();
        AtomicBoolean told = new AtomicBoolean();

        // When
        RoomCommand.Branches late = offered("skill:a", 1);
        mailbox.offer(new RoomCommand.Read(view -> { }, () -> told.set(true)));

        // Then
        assertEquals(List.of(waiting), left);
        assertEquals(WriteOutcome.Reason.ROOM_CLOSED, refusal(late));
        assertTrue(told.get());
    }

    private RoomCommand.Branches offered(String owner, int bytes) {
        RoomCommand.Branches command = new RoomCommand.Branches(
                new RoomWrite(owner, "test", List.of(), bytes), new CompletableFuture<>());
        mailbox.offer(command);
        return command;
    }

    private static WriteOutcome.Reason refusal(RoomCommand.Branches command) {
        assertTrue(command.answer().isDone());
        return assertInstanceOf(
                WriteOutcome.Refused.class, command.answer().join()).reason();
    }
}
