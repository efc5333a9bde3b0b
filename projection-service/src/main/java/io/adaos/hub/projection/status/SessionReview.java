package io.adaos.hub.projection.status;

import io.adaos.hub.contracts.status.Connectivity;
import io.adaos.hub.contracts.status.StateSync.Freshness;
import io.adaos.hub.contracts.status.WebspaceStatus;
import io.adaos.hub.projection.gateway.SessionDirectory.Session;
import io.adaos.hub.projection.room.fact.Publications;
import io.adaos.hub.projection.room.member.MemberProgress;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * What the sockets of one room prove. Moments are of {@link System#nanoTime}.
 *
 * @param sessions what proves it
 * @param freshness the worst of those that are not behind
 * @param materializedNanos when the newest generation was last proved by all who acknowledge, or
 *     became durable while none did; empty while that is not so
 */
record SessionReview(
        WebspaceStatus.Sessions sessions, Freshness freshness, OptionalLong materializedNanos) {

    private static final long AGING_MS = 2_000;
    private static final long BEHIND_MS = 10_000;

    /** Acknowledging clients answer every 2 s, others a ping every 20 s. */
    private static final long MISSED_MS = 5_000;
    private static final long MISSED_PLAIN_MS = 25_000;

    /** Looks at all sockets of a room. */
    static SessionReview of(List<Session> all, Publications publications, long nowNanos) {
        int acknowledging = 0;
        int behind = 0;
        long oldest = 0;
        long provedAt = Long.MIN_VALUE;
        boolean proved = true;
        for (Session session : all) {
            MemberProgress progress = session.progress();
            if (!progress.acknowledging()) {
                continue;
            }
            acknowledging++;
            long wait = unprovenMs(progress, publications, nowNanos);
            if (wait >= BEHIND_MS) {
                behind++;
            } else {
                oldest = Math.max(oldest, wait);
                proved &= progress.acknowledged() >= publications.newest();
                provedAt = Math.max(provedAt, progress.acknowledgedNanos() - nowNanos);
            }
        }
        boolean rested = acknowledging == behind;
        return new SessionReview(
                new WebspaceStatus.Sessions(all.size(), acknowledging, behind,
                        all.size() - acknowledging, oldest),
                oldest < AGING_MS ? Freshness.FRESH : Freshness.AGING,
                rested ? OptionalLong.of(publications.newestNanos())
                        : proved ? OptionalLong.of(nowNanos + provedAt) : OptionalLong.empty());
    }

    /** A session's own connectivity: an answer proves it, and nothing else. */
    static Connectivity connectivity(
            Session session, Publications publications, long nowNanos) {
        MemberProgress progress = session.progress();
        long silent = millis(nowNanos - session.heardNanos());
        boolean missed = silent >= (progress.acknowledging() ? MISSED_MS : MISSED_PLAIN_MS);
        boolean behind = progress.acknowledging()
                && unprovenMs(progress, publications, nowNanos) >= BEHIND_MS;
        return new Connectivity(Connectivity.Kind.BROWSER_CONTROL_ROUTE, session.id(),
                missed ? Connectivity.Transport.DEGRADED : Connectivity.Transport.READY,
                missed ? Connectivity.Transition.RECONNECTING : Connectivity.Transition.READY,
                Connectivity.PlannedTransition.NONE,
                missed ? List.of("heartbeat_missed") : behind ? List.of("behind") : List.of(),
                Connectivity.ServedBy.RUNTIME);
    }

    /** For how long a client lacks the oldest generation it has not proved. */
    private static long unprovenMs(
            MemberProgress progress, Publications publications, long nowNanos) {
        return millis(Math.min(publications.waitNanos(progress.acknowledged(), nowNanos),
                nowNanos - progress.startedNanos()));
    }

    private static long millis(long nanos) {
        return Math.max(0, TimeUnit.NANOSECONDS.toMillis(nanos));
    }
}
