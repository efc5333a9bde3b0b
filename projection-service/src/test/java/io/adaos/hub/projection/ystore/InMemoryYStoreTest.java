package io.adaos.hub.projection.ystore;

import io.adaos.hub.contracts.id.WebspaceId;

/** The store in memory keeps the contract, so what is tested with it holds. */
class InMemoryYStoreTest extends YStoreContract {

    private final InMemoryYStore memory = new InMemoryYStore();

    @Override
    YStore emptyStore() {
        return memory.open();
    }

    @Override
    void damage(WebspaceId webspace, long generation) {
        memory.damage(webspace, generation);
    }
}
