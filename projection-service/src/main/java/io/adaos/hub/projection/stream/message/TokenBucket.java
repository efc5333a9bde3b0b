package io.adaos.hub.projection.stream.message;

/** So many at once, and so many a second for ever; not safe for many threads. */
public final class TokenBucket {

    /** Of one; per second is per thousandth and millisecond. */
    private static final long THOUSANDTHS = 1_000;

    private final long capacity;
    private final long perSecond;
    private long tokens;        // in thousandths
    private long atMillis;

    public TokenBucket(int capacity, int perSecond, long nowMillis) {
        this.capacity = capacity * THOUSANDTHS;
        this.perSecond = perSecond;
        this.tokens = this.capacity;
        this.atMillis = nowMillis;
    }

    /** Takes one, or says in how many milliseconds there will be one; 0 when it was taken. */
    public long take(long nowMillis) {
        tokens = filled(nowMillis);
        atMillis = Math.max(atMillis, nowMillis);
        if (tokens >= THOUSANDTHS) {
            tokens -= THOUSANDTHS;
            return 0;
        }
        return (THOUSANDTHS - tokens + perSecond - 1) / perSecond;
    }

    /** Whether nothing was taken for so long that a new one would be the same. */
    public boolean isFull(long nowMillis) {
        return filled(nowMillis) == capacity;
    }

    private long filled(long nowMillis) {
        return Math.min(capacity, tokens + Math.max(0, nowMillis - atMillis) * perSecond);
    }
}
