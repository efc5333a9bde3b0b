package io.adaos.hub.projection.governance.corpus;

import java.util.Map;

/** Where the corpus writes to: the governor with a model of a room, or the running service. */
interface WriteTarget {

    /**
     * What became of a write.
     *
     * @param outcome {@code applied}, {@code unchanged}, {@code deferred} or {@code refused}
     * @param reason empty unless deferred or refused
     */
    record Answer(String outcome, String reason) {
    }

    Answer write(WritePattern.Write write);

    /** Lets so much time go by. */
    void pass(long millis);

    /** Policy state of the writer. */
    String state();

    /** Why it is in that state; empty when all is well. */
    String reason();

    /** How many writes wait. */
    long pending();

    /** Whether every write is accounted for. */
    boolean balances();

    /** What the document holds, by path. */
    Map<String, String> document();
}
