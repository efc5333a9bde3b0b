package io.adaos.hub.projection.stream.message;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MessageQueueTest {

    private final MessageQueue queue = new MessageQueue();

    @Test
    void newerMessage_takesThePlaceOfTheOlderOfItsKey() {
        // Given
        queue.offer(StreamMessage.value("a", "a1"));
        queue.offer(StreamMessage.value("b", "b1"));

        // When
        MessageQueue.Offer offer = queue.offer(StreamMessage.value("a", "a2"));

        // Then
        assertEquals(MessageQueue.Offer.REPLACED, offer);
        assertEquals(List.of("a2", "b1"), drained());
    }

    @Test
    void delta_thatReplacesOne_saysThatSomethingIsMissing() {
        // Given
        queue.offer(StreamMessage.delta("a", "+1", "all"));

        // When
        queue.offer(StreamMessage.delta("a", "+2", "all"));

        // Then
        assertEquals(List.of("all"), drained());
    }

    @Test
    void sixtyFifthStream_dropsTheOldest_andItsNextDeltaSaysSo() {
        // Given
        queue.offer(StreamMessage.delta("delta", "+1", "all"));
        IntStream.range(0, 63).forEach(
                i -> queue.offer(StreamMessage.value("s" + i, "v" + i)));

        // When
        MessageQueue.Offer offer = queue.offer(StreamMessage.value("s63", "v63"));
        List<String> sent = drained();
        queue.offer(StreamMessage.delta("delta", "+2", "all"));
        queue.offer(StreamMessage.answer(1, "ok"));
        List<String> later = drained();
        queue.offer(StreamMessage.delta("delta", "+3", "all"));

        // Then
        assertEquals(MessageQueue.Offer.DROPPED, offer);
        assertEquals(IntStream.rangeClosed(0, 63).mapToObj(i -> "v" + i).toList(), sent);
        assertEquals(List.of("all", "ok"), later);
        assertEquals(List.of("+3"), drained());
    }

    @Test
    void answers_areNeverDropped_butBounded() {
        // Given
        IntStream.range(0, 256).forEach(i -> queue.offer(StreamMessage.answer(i, "a" + i)));

        // When
        MessageQueue.Offer offer = queue.offer(StreamMessage.answer(256, "a256"));

        // Then
        assertEquals(MessageQueue.Offer.FULL, offer);
        assertEquals(256, queue.size());
        assertEquals(Optional.of("a0"), queue.poll().map(StreamMessage::frame));
    }

    @Test
    void bucket_givesItsBurst_thenItsRate() {
        // Given
        TokenBucket bucket = new TokenBucket(3, 10, 1_000);

        // When
        List<Long> waits = List.of(bucket.take(1_000), bucket.take(1_000), bucket.take(1_000),
                bucket.take(1_000), bucket.take(1_099), bucket.take(1_100), bucket.take(1_101));

        // Then
        assertEquals(List.of(0L, 0L, 0L, 100L, 1L, 0L, 99L), waits);
    }

    private List<String> drained() {
        List<String> frames = new ArrayList<>();
        for (Optional<StreamMessage> next = queue.poll(); next.isPresent(); next = queue.poll()) {
            frames.add(next.get().frame());
        }
        return frames;
    }
}
