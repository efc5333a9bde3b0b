package io.adaos.hub.runtime.outbox;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.adaos.hub.contracts.bus.EventEnvelope;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SequencedReaderTest implements SequencedReader.Sink<String> {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final BlockingQueue<UniEmitter<? super Listing<String>>> lists =
            new LinkedBlockingQueue<>();
    private final List<Long> applied = new CopyOnWriteArrayList<>();
    private final List<String> replaced = new CopyOnWriteArrayList<>();
    private final SequencedReader<String> reader = new SequencedReader<>(
            "test",
            tag -> Uni.createFrom().<Listing<String>>emitter(lists::add), this);

    @AfterEach
    void close() {
        reader.close();
    }

    @Override
    public void replace(String payload) {
        if (payload.equals("broken")) {
            throw new AssertionError("as asked");
        }
        replaced.add(payload);
    }

    @Override
    public void apply(EventEnvelope<JsonNode> event) {
        if (event.id().equals("broken")) {
            throw new IllegalStateException("as asked");
        }
        applied.add(event.sequence());
    }

    @Test
    void manyEventsDuringAList_areListedAgain() throws Exception {
        // Given
        reader.start();
        UniEmitter<? super Listing<String>> first = nextList();
        LongStream.rangeClosed(1, 501).forEach(i -> reader.onEvent(event("e", i)));

        // When
        first.complete(new Listing.Listed<>("A", 0, null, "first"));
        nextList().complete(new Listing.Listed<>("A", 501, null, "second"));

        // Then
        await().atMost(PATIENCE).until(() -> reader.state().sequence() == 501);
        assertEquals(List.of(), applied);
        assertEquals(List.of("first", "second"), replaced);
    }

    @Test
    void fewEventsDuringAList_areApplied() throws Exception {
        // Given
        reader.start();
        UniEmitter<? super Listing<String>> first = nextList();
        LongStream.rangeClosed(1, 500).forEach(i -> reader.onEvent(event("e", i)));

        // When
        first.complete(new Listing.Listed<>("A", 100, null, "first"));

        // Then
        await().atMost(PATIENCE).until(() -> reader.state().sequence() == 500);
        assertEquals(400, applied.size());
    }

    /** A timer that throws an error is never called again, if nobody holds the error back. */
    @Test
    void errorInTheSink_doesNotEndTheReader() throws Exception {
        // Given
        reader.start();

        // When
        nextList().complete(new Listing.Listed<>("A", 1, null, "broken"));
        nextList().complete(new Listing.Listed<>("A", 2, null, "whole"));

        // Then
        await().atMost(PATIENCE).until(() -> reader.state().sequence() == 2);
        assertEquals(List.of("whole"), replaced);
    }

    @Test
    void factThatTheSinkRefused_isNotReached() throws Exception {
        // Given
        reader.start();
        nextList().complete(new Listing.Listed<>("A", 1, null, "first"));
        await().atMost(PATIENCE).until(() -> reader.state().sequence() == 1);

        // When
        reader.onEvent(event("broken", 2));
        UniEmitter<? super Listing<String>> again = nextList();

        // Then
        assertEquals(1, reader.state().sequence());
        assertTrue(reader.state().freshness() != Freshness.FRESH);
        again.complete(new Listing.Listed<>("A", 2, null, "second"));
        await().atMost(PATIENCE).until(() -> reader.state().sequence() == 2);
        assertEquals(Freshness.FRESH, reader.state().freshness());
    }

    private UniEmitter<? super Listing<String>> nextList() throws InterruptedException {
        UniEmitter<? super Listing<String>> next = lists.poll(20, TimeUnit.SECONDS);
        assertTrue(next != null, "no list was asked for");
        return next;
    }

    private static EventEnvelope<JsonNode> event(String id, long sequence) {
        return new EventEnvelope<>(EventEnvelope.SPEC_VERSION, id, "s", "t.v1", "k", Instant.EPOCH,
                EventEnvelope.JSON, "A", sequence, null, NullNode.getInstance());
    }
}
