package io.adaos.hub.cli.control;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * One process of the hub as it was found.
 *
 * @param state {@code healthy}, {@code unhealthy}, {@code down} or {@code external}
 * @param pid absent unless it runs and is ours
 * @param port absent when somebody else runs it
 * @param version absent when it could not be asked
 * @param uptimeSeconds absent unless it runs
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record PartStatus(String name, String state, Long pid, Integer port, String version,
        @JsonProperty("uptime_seconds") Long uptimeSeconds) {

    boolean isHealthy() {
        return state.equals("healthy") || state.equals("external");
    }
}
