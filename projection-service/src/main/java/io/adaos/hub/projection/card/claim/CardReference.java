package io.adaos.hub.projection.card.claim;

import com.fasterxml.jackson.annotation.JsonValue;
import io.adaos.hub.contracts.rules.ProjectionPath;
import io.adaos.hub.contracts.rules.ProjectionRule;

/**
 * Where what a card tells of is found: {@code yjs:<path>} in the document,
 * {@code stream:<receiver>} or {@code details:<slot>}.
 *
 * @param route {@code yjs}, {@code stream} or {@code details}
 * @param target path, receiver or slot
 */
public record CardReference(String route, String target) {

    static final String YJS = "yjs";
    static final String STREAM = "stream";
    static final String DETAILS = "details";

    /** Refuses what leads nowhere, with a message that says why. */
    public CardReference {
        if (route.equals(YJS)) {
            ProjectionPath.parse(target);
        } else if (!route.equals(STREAM) && !route.equals(DETAILS)) {
            throw new IllegalArgumentException(
                    "a reference is yjs:<path>, stream:<receiver> or details:<slot>");
        } else if (!ProjectionRule.SLOT.matcher(target).matches()) {
            throw new IllegalArgumentException(
                    "a " + route + " reference matches " + ProjectionRule.SLOT);
        }
    }

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException with the reason
     */
    static CardReference parse(String text) {
        int colon = text.indexOf(':');
        return new CardReference(text.substring(0, Math.max(colon, 0)), text.substring(colon + 1));
    }

    /** The text form. */
    @JsonValue
    public String text() {
        return route + ':' + target;
    }
}
