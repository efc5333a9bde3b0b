package io.adaos.hub.projection.ystore;

/** What became of an append that reached the store. */
public sealed interface AppendResult {

    /** The row is committed, now or by an earlier try. */
    record Appended() implements AppendResult {
    }

    /** Another epoch holds the webspace; this row was not and will never be written. */
    record EpochLost() implements AppendResult {
    }
}
