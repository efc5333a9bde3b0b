package io.adaos.hub.projection.governance.pressure;

import io.adaos.hub.contracts.id.OwnerId;

/** Which marks hold for an owner; asked for every write, so it must be quick. */
@FunctionalInterface
public interface OwnerBudgets {

    /** The marks of an owner's governed writes. */
    PressureThresholds of(OwnerId owner);
}
