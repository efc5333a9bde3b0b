package io.adaos.hub.projection.crdt;

/** Clocks of a client from 2^32 on: possible in the format, though nobody has written so much. */
final class FarClocks extends ClockRange {
    private final ClientStructs client;
    private final long first;

    FarClocks(ClientStructs client, long first) {
        this.client = client;
        this.first = first;
    }

    @Override
    ClientStructs client() {
        return client;
    }

    @Override
    long firstClock() {
        return first;
    }
}
