package io.adaos.hub.marketplace.listing.offer;

import io.adaos.hub.contracts.listing.Affordance;
import io.adaos.hub.contracts.listing.MarketplaceRow;
import io.adaos.hub.contracts.listing.RowAffordances;
import io.adaos.hub.contracts.listing.RowAffordances.Holder;
import java.util.Optional;

/** Says of a row what can be done with it now, and why not: same in, same out. */
public final class RowOffers {

    private static final String NOT_INSTALLED = "It is not installed.";

    private RowOffers() {
    }

    /** The row with what can be done with it while this operation, if any, has its artifact. */
    public static MarketplaceRow offered(MarketplaceRow row, Optional<Holder> holder) {
        return row.offering(holder.map(RowOffers::held).orElseGet(() -> free(row)));
    }

    private static RowAffordances held(Holder holder) {
        Affordance none = Affordance.not("The operation " + holder.operationId()
                + " (" + holder.kind() + ") is working on it.");
        return new RowAffordances(none, none, none, holder);
    }

    private static RowAffordances free(MarketplaceRow row) {
        return new RowAffordances(install(row), update(row), uninstall(row), null);
    }

    private static Affordance install(MarketplaceRow row) {
        return switch (row.status()) {
            case INSTALLABLE -> Affordance.possibleNow();
            case INSTALLED, UPDATE_AVAILABLE, BLOCKED -> Affordance.not(row.reason());
        };
    }

    private static Affordance update(MarketplaceRow row) {
        return switch (row.status()) {
            case UPDATE_AVAILABLE -> Affordance.possibleNow();
            case INSTALLABLE -> Affordance.not(NOT_INSTALLED);
            case INSTALLED, BLOCKED -> Affordance.not(row.reason());
        };
    }

    /** A version that is being switched on is none that could be taken away. */
    private static Affordance uninstall(MarketplaceRow row) {
        return row.installed() ? Affordance.possibleNow() : Affordance.not(NOT_INSTALLED);
    }
}
