package io.adaos.hub.registry.catalog;

import io.adaos.hub.contracts.error.HubException;

/** What becomes of a publication. */
sealed interface PublishDecision {

    /** The same content is there under this version. */
    record Unchanged(CatalogState.StoredVersion stored) implements PublishDecision {
    }

    /**
     * The version is new.
     *
     * @param isEntry it becomes the catalog's line; else a higher version stays that
     * @param revision of the entry afterwards
     */
    record NewVersion(boolean isEntry, long revision) implements PublishDecision {
    }

    /** It contradicts what is published. */
    record Refused(HubException refusal) implements PublishDecision {
    }
}
