package io.adaos.hub.marketplace.listing;

import io.adaos.hub.contracts.listing.RowStatus;
import java.util.Optional;

/**
 * What can be done with an artifact on a node, and why.
 *
 * @param reason a sentence for people; empty only when the artifact can simply be installed
 * @param installedVersion the version on the node, empty when none is in use there
 */
record RowVerdict(RowStatus status, Optional<String> reason, Optional<String> installedVersion) {

    static final RowVerdict INSTALLABLE =
            new RowVerdict(RowStatus.INSTALLABLE, Optional.empty(), Optional.empty());

    static RowVerdict of(RowStatus status, String reason) {
        return new RowVerdict(status, Optional.of(reason), Optional.empty());
    }

    static RowVerdict of(RowStatus status, String reason, String installedVersion) {
        return new RowVerdict(status, Optional.of(reason), Optional.of(installedVersion));
    }

    /** Only these two offer the install command; for the others the reason says why not. */
    boolean offersInstall() {
        return switch (status) {
            case INSTALLABLE, UPDATE_AVAILABLE -> true;
            case INSTALLED, BLOCKED -> false;
        };
    }
}
