package io.adaos.hub.operations.lifecycle;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** How many operations have not ended, in all, by kind and by initiator; for many threads. */
public final class ActiveCounts {

    private final AtomicInteger total = new AtomicInteger();
    private final Map<String, AtomicInteger> byKind = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> byInitiator = new ConcurrentHashMap<>();

    /** Counts more operations of a kind and an initiator such as {@code user:anna}. */
    public void add(String kind, String initiator, int number) {
        total.addAndGet(number);
        byKind.computeIfAbsent(kind, none -> new AtomicInteger()).addAndGet(number);
        byInitiator.computeIfAbsent(initiator, none -> new AtomicInteger()).addAndGet(number);
    }

    public int total() {
        return total.get();
    }

    public int ofKind(String kind) {
        return number(byKind.get(kind));
    }

    public int ofInitiator(String initiator) {
        return number(byInitiator.get(initiator));
    }

    private static int number(AtomicInteger counter) {
        return counter == null ? 0 : counter.get();
    }
}
