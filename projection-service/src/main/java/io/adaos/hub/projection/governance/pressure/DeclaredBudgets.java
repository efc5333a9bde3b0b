package io.adaos.hub.projection.governance.pressure;

import io.adaos.hub.contracts.id.OwnerId;
import java.util.HashMap;
import java.util.Map;

/**
 * The marks of every owner: those an operator configured, else the common ones, which what an owner
 * itself declares can only make stricter. Safe for use by any thread.
 */
public final class DeclaredBudgets implements OwnerBudgets {

    private final PressureThresholds common;
    private final Map<OwnerId, PressureThresholds> configured;
    private volatile Map<OwnerId, PressureThresholds> declared = Map.of();
    private Map<OwnerId, Promise> promises = Map.of();

    /**
     * What an owner says it writes at most, in all its slots together.
     *
     * @param bytesPerSecond above 0
     * @param writesPerSecond above 0
     */
    public record Promise(double bytesPerSecond, double writesPerSecond) {
    }

    public DeclaredBudgets(
            PressureThresholds common, Map<OwnerId, PressureThresholds> configured) {
        this.common = common;
        this.configured = Map.copyOf(configured);
    }

    @Override
    public PressureThresholds of(OwnerId owner) {
        PressureThresholds own = configured.get(owner);
        return own != null ? own : declared.getOrDefault(owner, common);
    }

    /** From now on these promises hold, and no others; marks that stay the same stay in force. */
    public synchronized void declare(Map<OwnerId, Promise> now) {
        Map<OwnerId, PressureThresholds> marks = new HashMap<>();
        now.forEach((owner, promise) -> marks.put(owner,
                promise.equals(promises.get(owner)) ? declared.get(owner)
                        : common.warningFrom(promise.bytesPerSecond(),
                                promise.writesPerSecond())));
        promises = Map.copyOf(now);
        declared = Map.copyOf(marks);
    }
}
