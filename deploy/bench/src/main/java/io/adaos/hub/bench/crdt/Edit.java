package io.adaos.hub.bench.crdt;

import io.adaos.hub.projection.crdt.Doc;
import io.adaos.hub.projection.crdt.Transaction;

/** One change of the text {@code t}: first deletes, then inserts, both at the index. */
record Edit(int index, int remove, String insert) {

    static Edit inserting(int index, String text) {
        return new Edit(index, 0, text);
    }

    static Edit deleting(int index, int count) {
        return new Edit(index, count, "");
    }

    void in(Transaction transaction, Doc doc) {
        if (remove > 0) {
            doc.getText("t").delete(transaction, index, remove);
        }
        if (!insert.isEmpty()) {
            doc.getText("t").insert(transaction, index, insert);
        }
    }
}
