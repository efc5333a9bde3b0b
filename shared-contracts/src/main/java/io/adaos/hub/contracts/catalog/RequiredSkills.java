package io.adaos.hub.contracts.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/** The skills a scenario needs, and those it can use. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record RequiredSkills(List<String> required, List<String> optional) {
    public RequiredSkills {
        required = required == null ? List.of() : List.copyOf(required);
        optional = optional == null ? List.of() : List.copyOf(optional);
    }
}
