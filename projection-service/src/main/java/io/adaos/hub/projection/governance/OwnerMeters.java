package io.adaos.hub.projection.governance;

import io.adaos.hub.contracts.id.OwnerId;
import io.adaos.hub.projection.governance.evidence.OwnerKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * The meters of all owners, bounded: idle ones go and leave their counts. Safe for use by any
 * thread.
 */
final class OwnerMeters {

    /*
     * Notes on locks.
     *
     * A meter is used under its own monitor. One that goes is marked under it before it leaves the
     * map, so whoever waited for the monitor sees the mark and asks the map again. The retired
     * counts have a lock of their own, taken last.
     */

    private static final int TRIES = 3;
    private static final long CROWDED_WAIT_MILLIS = 1_000;
    private static final OwnerKey SHARED =
            new OwnerKey("?", new OwnerId("core:unmetered"), false);

    private final GovernanceSettings settings;
    private final FlushQueue queue;
    private final Map<OwnerKey, OwnerMeter> meters = new ConcurrentHashMap<>();
    private final Map<OwnerKey, Tally> retired = new LinkedHashMap<>();
    private final Tally folded = new Tally();
    private final OwnerMeter shared;
    private final AtomicLong overflows = new AtomicLong();
    private final AtomicLong evictions = new AtomicLong();
    private final AtomicLong lastSearch = new AtomicLong(Long.MIN_VALUE / 2);

    OwnerMeters(GovernanceSettings settings, FlushQueue queue) {
        this.settings = settings;
        this.queue = queue;
        this.shared = new OwnerMeter(SHARED, new Tally(), settings, queue);
    }

    /** Does something with the meter of an owner; with the shared one when there are too many. */
    <T> T with(OwnerKey key, long now, Function<OwnerMeter, T> action) {
        for (int i = 0; i < TRIES; i++) {
            OwnerMeter meter = find(key, now);
            synchronized (meter) {
                if (!meter.isGone()) {
                    return action.apply(meter);
                }
            }
        }
        throw new IllegalStateException("the meter of " + key + " goes again and again");
    }

    /** Whether a meter only counts what cannot be metered. */
    boolean isShared(OwnerMeter meter) {
        return meter == shared;
    }

    List<OwnerMeter> all() {
        return List.copyOf(meters.values());
    }

    /** Every owner there ever was, as far as kept, live ones first. */
    List<OwnerRow> rows(long now) {
        List<OwnerRow> rows = new ArrayList<>();
        for (OwnerMeter meter : all()) {
            synchronized (meter) {
                if (!meter.isGone()) {
                    rows.add(meter.row(now));
                }
            }
        }
        synchronized (retired) {
            retired.forEach((key, tally) -> rows.add(OwnerRow.retired(key, tally)));
        }
        return rows;
    }

    /** The counts of all owners together. */
    Tally total() {
        Tally total = new Tally();
        for (OwnerMeter meter : all()) {
            synchronized (meter) {
                if (!meter.isGone()) {
                    total.addAll(meter.tally());
                }
            }
        }
        synchronized (shared) {
            total.addAll(shared.tally());
        }
        synchronized (retired) {
            retired.values().forEach(total::addAll);
            total.addAll(folded);
        }
        return total;
    }

    /** Lets meters go that nobody has used for so long. */
    void evict(long idleMillis, long now) {
        for (OwnerMeter meter : all()) {
            synchronized (meter) {
                if (!meter.isGone() && meter.isIdle(idleMillis, now)) {
                    retire(meter);
                }
            }
        }
    }

    int size() {
        return meters.size();
    }

    long overflows() {
        return overflows.get();
    }

    long evictions() {
        return evictions.get();
    }

    private OwnerMeter find(OwnerKey key, long now) {
        OwnerMeter meter = meters.get(key);
        if (meter != null) {
            return meter;
        }
        if (isCrowded(now)) {
            overflows.incrementAndGet();
            return shared;
        }
        return meters.computeIfAbsent(key, this::make);
    }

    /** Makes room when there is none, but does not search for it more than once a second. */
    private boolean isCrowded(long now) {
        if (meters.size() < settings.limits().ownersMax()) {
            return false;
        }
        long before = lastSearch.get();
        if (now - before >= CROWDED_WAIT_MILLIS && lastSearch.compareAndSet(before, now)) {
            evict(GovernanceSettings.REPORTED_MILLIS, now);
        }
        return meters.size() >= settings.limits().ownersMax();
    }

    private OwnerMeter make(OwnerKey key) {
        Tally tally;
        synchronized (retired) {
            tally = retired.remove(key);
        }
        return new OwnerMeter(key, tally == null ? new Tally() : tally, settings, queue);
    }

    private void retire(OwnerMeter meter) {
        meter.leave();
        evictions.incrementAndGet();
        synchronized (retired) {
            if (retired.size() < settings.limits().retiredMax()) {
                retired.put(meter.key(), meter.tally());
            } else {
                folded.addAll(meter.tally());
            }
        }
        meters.remove(meter.key(), meter);
    }
}
