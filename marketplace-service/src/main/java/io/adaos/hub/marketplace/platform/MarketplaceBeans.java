package io.adaos.hub.marketplace.platform;

import io.adaos.hub.contracts.catalog.CatalogEntryUpserted;
import io.adaos.hub.contracts.operation.InstalledChanged;
import io.adaos.hub.contracts.operation.OperationChanged;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** Names the records that are read from events by hand, so that a native image keeps them. */
@RegisterForReflection(targets = {
    CatalogEntryUpserted.class, InstalledChanged.class, OperationChanged.class})
final class MarketplaceBeans {

    private MarketplaceBeans() {
    }
}
