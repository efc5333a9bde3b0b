package io.adaos.hub.projection.stream.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.projection.stream.message.StreamCounts;
import io.adaos.hub.projection.stream.message.StreamMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OutboxTest {

    private final List<String> sent = new ArrayList<>();
    private final StreamCounts counts = new StreamCounts();
    private CompletableFuture<Void> taken = new CompletableFuture<>();
    private final Outbox outbox = new Outbox(text -> {
        sent.add(text);
        return taken;
    }, counts);

    @Test
    void clientThatTakesNothing_getsOneMessage_andTheRestIsTheNewest() {
        // Given
        IntStream.range(0, 10_000).forEach(
                i -> outbox.offer(StreamMessage.value("t" + i % 10, "v" + i), i));

        // When
        long stalled = outbox.stalledMillis(20_001);
        CompletableFuture<Void> first = taken;
        taken = CompletableFuture.completedFuture(null);
        first.complete(null);

        // Then
        assertEquals(20_001, stalled);
        assertEquals(11, sent.size());
        assertEquals("v0", sent.get(0));
        assertTrue(sent.containsAll(List.of("v9990", "v9995", "v9999")), sent.toString());
        assertEquals(0, outbox.stalledMillis(30_000));
        assertEquals(9_989, counts.replaced());
    }

    @Test
    void clientThatTakesNoAnswers_isFoundOut() {
        // Given
        IntStream.rangeClosed(0, 256).forEach(
                i -> outbox.offer(StreamMessage.answer(i, "a" + i), 0));
        boolean before = outbox.isFull();

        // When
        outbox.offer(StreamMessage.answer(257, "a257"), 0);

        // Then
        assertFalse(before);
        assertTrue(outbox.isFull());
    }

    @Test
    void longQueue_isSentWithoutDeepCalls() {
        // Given
        IntStream.range(0, 1_024).forEach(
                i -> outbox.offer(StreamMessage.answer(i, "a" + i), 0));
        CompletableFuture<Void> first = taken;
        taken = CompletableFuture.completedFuture(null);

        // When
        first.completeExceptionally(new IllegalStateException("gone"));

        // Then
        assertEquals(257, sent.size());
        assertEquals("a256", sent.get(256));
    }
}
