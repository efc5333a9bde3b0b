package io.adaos.hub.marketplace.listing;

/** The two services whose truth the marketplace shows. */
enum SourceName {
    REGISTRY,
    OPERATIONS
}
