package io.adaos.hub.projection.write.body;

import io.adaos.hub.contracts.error.FieldProblem;
import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.contracts.rules.ProjectionRule;
import io.adaos.hub.runtime.security.Scope;
import java.util.List;
import java.util.function.Predicate;

/** The ids in the path of a request; what cannot be one is refused before anything is read. */
public final class PathIds {

    private PathIds() {
    }

    /** The webspace of this name; what can be none is not there: {@code webspace_unknown}. */
    public static WebspaceId webspace(String name) {
        try {
            return WebspaceId.of(name);
        } catch (IllegalArgumentException e) {
            throw new HubException(HubErrorCode.WEBSPACE_UNKNOWN, e.getMessage());
        }
    }

    /**
     * The webspace of this name, if its state may be read; else {@code forbidden}.
     *
     * @param holds whether the caller holds a scope
     */
    public static WebspaceId readable(String name, Predicate<String> holds) {
        WebspaceId webspace = webspace(name);
        String scope = Scope.webspaceRead(webspace.value());
        if (!holds.test(scope)) {
            throw new HubException(HubErrorCode.FORBIDDEN, "Scope " + scope + " is missing");
        }
        return webspace;
    }

    /** The same name, if it can be a slot's; else {@code request_invalid}. */
    public static String slot(String name) {
        if (!ProjectionRule.SLOT.matcher(name).matches()) {
            throw new HubException(HubErrorCode.REQUEST_INVALID, "That is no slot", List.of(
                    new FieldProblem("slot", "malformed", "a slot matches " + ProjectionRule.SLOT,
                            "Take the slot from the manifest")));
        }
        return name;
    }
}
