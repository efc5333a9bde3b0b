package io.adaos.hub.projection.crdt;

import java.util.List;

/** Replicas that edit on their own and hear of each other late, twice, or in another order. */
interface ReplicaNetwork {
    static ReplicaNetwork seeded(int replicas, long seed) {
        return new SeededNetwork(replicas, seed);
    }

    /** One replica makes one to three changes in one transaction. */
    void editAtRandom();

    /** One replica gets one update it may or may not have, whatever is missing before it. */
    void deliverSomethingLate();

    /** Every replica gets every update, in an order of its own. */
    void deliverEverything();

    /** A replica goes back to nothing and is loaded from the state of another. */
    void reloadSomebody();

    /** Everything each replica holds: content, vector and whether something waits. */
    List<String> contents();
}
