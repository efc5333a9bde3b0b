package io.adaos.hub.projection.crdt;

/**
 * 2^32 clocks of one client, so that a struct can keep the low half of a clock alone. The first
 * such range is the client itself; nobody honest ever writes into another.
 */
abstract sealed class ClockRange permits ClientStructs, FarClocks {
    static final int BITS = 32;

    abstract ClientStructs client();

    /** The first clock of the range. */
    abstract long firstClock();

    /** The clock of which the low half is given. */
    final long clock(int low) {
        return firstClock() | Integer.toUnsignedLong(low);
    }

    /** Whether both are the same clocks of the same client; null is a range of its own. */
    static boolean isSame(ClockRange one, ClockRange other) {
        return one == other || one != null && other != null
                && one.client() == other.client() && one.firstClock() == other.firstClock();
    }
}
