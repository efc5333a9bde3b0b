package io.adaos.hub.registry.actions.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import java.util.List;

/**
 * An action in a list, with those of its versions that were asked for.
 *
 * @param versions the oldest first
 * @param latestVersion the last of them
 * @param description that version's, as a JSON text; null without one
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ActionItem(String name, String latestVersion, List<String> versions,
        @JsonRawValue String description) {
    public ActionItem {
        versions = List.copyOf(versions);
    }
}
