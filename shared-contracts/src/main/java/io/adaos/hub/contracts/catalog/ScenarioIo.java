package io.adaos.hub.contracts.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/** The inputs and outputs a scenario declares. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ScenarioIo(List<String> input, List<String> output) {
    public ScenarioIo {
        input = input == null ? List.of() : List.copyOf(input);
        output = output == null ? List.of() : List.copyOf(output);
    }
}
