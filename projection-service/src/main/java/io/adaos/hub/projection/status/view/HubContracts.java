package io.adaos.hub.projection.status.view;

import io.adaos.hub.contracts.status.Connectivity;
import io.adaos.hub.contracts.status.StateSync;
import io.adaos.hub.contracts.status.YjsPressure;
import java.util.List;

/**
 * The three contracts of one webspace at one moment, and nothing else: all that a view may be made
 * of.
 *
 * @param pressure the most severe first
 */
public record HubContracts(
        List<Connectivity> connectivity, StateSync stateSync, List<YjsPressure> pressure) {

    public HubContracts {
        connectivity = List.copyOf(connectivity);
        pressure = List.copyOf(pressure);
    }

    /** The state of the owner that presses most. */
    YjsPressure.PolicyState policyState() {
        return pressure.stream().map(YjsPressure::policyState)
                .reduce(YjsPressure.PolicyState.OK, (one, other) ->
                        one.compareTo(other) < 0 ? other : one);
    }
}
