package io.adaos.hub.registry.actions.http;

import io.adaos.hub.registry.actions.store.ActionItem;
import java.util.List;

/** A page of actions, by name. */
public record ActionList(List<ActionItem> items) {
    public ActionList {
        items = List.copyOf(items);
    }
}
