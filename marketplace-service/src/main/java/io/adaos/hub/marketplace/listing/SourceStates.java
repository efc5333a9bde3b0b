package io.adaos.hub.marketplace.listing;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.adaos.hub.runtime.outbox.FollowState;
import io.adaos.hub.runtime.outbox.Freshness;
import java.time.Instant;

/** How current an answer is, for each of the two services it was made from. */
public record SourceStates(Source registry, Source operations) {

    /**
     * One source.
     *
     * @param state {@code fresh} for 5 s after it was last known to be current, {@code aging} for
     *     15 s, then {@code stale}; {@code stale} also before the first list
     * @param epoch of its database; absent before the first list
     * @param sequence last fact the answer includes
     * @param lastHeardAt when the answer's part was last known to be current; absent if never
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Source(Freshness state, String epoch, long sequence, Instant lastHeardAt) {

        static Source of(FollowState follow) {
            return new Source(follow.freshness(), follow.epoch().orElse(null), follow.sequence(),
                    follow.lastHeardAt().orElse(null));
        }
    }
}
