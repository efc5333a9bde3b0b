package io.adaos.hub.projection.ystore;

import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.ystore.lease.Holder;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Which webspaces exist, and who may write each of them. */
public interface WebspaceStore {

    /** Webspaces there may be at most. */
    int WEBSPACES_MAX = 1_000;

    /** What became of a wish for a webspace. */
    enum Creation { CREATED, EXISTED, LIMIT_REACHED }

    /** Makes a webspace exist; asking again changes nothing. */
    CompletionStage<Creation> create(WebspaceId webspace, String createdBy);

    /** All webspaces, by name. */
    CompletionStage<List<WebspaceId>> list();

    /** What became of a wish to own a webspace. */
    sealed interface Acquisition {

        /** It is owned, from now on and as long as the lease is renewed. */
        record Granted(Lease lease) implements Acquisition {
        }

        /** Somebody else owns it, and may be replaced after this time without a renewal. */
        record HeldBy(String address, Duration waitAtMost) implements Acquisition {
        }

        /** There is no such webspace. */
        record Unknown() implements Acquisition {
        }
    }

    /**
     * Takes the next epoch of a webspace that nobody owns, whose owner was not heard of for its
     * time, or that this holder owns already. Only the clock of the store counts.
     */
    CompletionStage<Acquisition> acquire(WebspaceId webspace, Holder holder);

    /**
     * All replica numbers that leases of a webspace have given out, the newest included; forgotten
     * only together with the webspace.
     */
    CompletionStage<List<ClientIds>> clientIds(WebspaceId webspace);

    /** Forgets a run under which nobody has written, and nobody ever will. */
    CompletionStage<Void> unused(WebspaceId webspace, ClientIds run);

    /** Says that this holder lives; the webspaces whose epoch is still that of the lease. */
    CompletionStage<Set<WebspaceId>> renew(Holder holder, Collection<Lease> leases);

    /** Gives webspaces back, so that others need not wait; those that are lost are left alone. */
    CompletionStage<Void> release(Collection<Lease> leases);
}
