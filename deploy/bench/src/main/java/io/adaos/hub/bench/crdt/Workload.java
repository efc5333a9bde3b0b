package io.adaos.hub.bench.crdt;

import io.adaos.hub.projection.crdt.Doc;
import io.adaos.hub.projection.crdt.Transaction;
import java.util.List;

/** What replicas write in a bench, ready to be carried out. */
sealed interface Workload {

    /** One change, made in a transaction of its own. */
    @FunctionalInterface
    interface Step {
        void run(Transaction transaction, Doc doc);
    }

    /**
     * One replica writes step by step; another one applies each update.
     *
     * @param setup what is there before, not measured
     * @param keepsUpdates false when updates are only counted, and not applied elsewhere
     */
    record OneAuthor(Step setup, List<Step> steps, boolean keepsUpdates) implements Workload {
        static OneAuthor ofText(List<Edit> edits) {
            return of(edits.stream().<Step>map(edit -> edit::in).toList());
        }

        static OneAuthor of(List<Step> steps) {
            return new OneAuthor((transaction, doc) -> {}, steps, true);
        }
    }

    /** Two replicas write a list of edits each in one transaction, then exchange the updates. */
    record TwoAuthors(String base, List<Edit> first, List<Edit> second) implements Workload {}

    /** Many replicas make one change each; a fresh one applies all their updates. */
    record ManyAuthors(List<Step> changes) implements Workload {}
}
