package io.adaos.hub.registry.catalog;

import java.util.concurrent.atomic.AtomicLong;

/** Counts the changes of the catalog that this process has committed, so that caches know. */
public final class CatalogChanges {

    private final AtomicLong count = new AtomicLong();

    /** Higher after every committed change; read it before the state it stands for. */
    public long count() {
        return count.get();
    }

    void committed() {
        count.incrementAndGet();
    }
}
