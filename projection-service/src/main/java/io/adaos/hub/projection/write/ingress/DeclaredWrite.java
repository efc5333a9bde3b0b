package io.adaos.hub.projection.write.ingress;

import io.adaos.hub.contracts.rules.ProjectionRule;
import io.adaos.hub.projection.room.branch.BranchWrite;
import io.adaos.hub.projection.rules.RuleQuery;
import java.util.List;

/**
 * A write that a rule allows, with its address.
 *
 * @param query by which its rule was found
 * @param bytes of the value as JSON
 * @param fingerprint hash of the value; 0 for a scalar
 */
public record DeclaredWrite(RuleQuery query, ProjectionRule rule, BranchWrite.Put put,
        long bytes, long fingerprint) {

    /** The address as on every wire. */
    public String path() {
        return pathText(put.path());
    }

    /** A path as on every wire. */
    public static String pathText(List<String> segments) {
        StringBuilder text = new StringBuilder();
        for (String segment : segments) {
            text.append(text.length() == 0 ? "" : "/")
                    .append(segment.replace("~", "~0").replace("/", "~1"));
        }
        return text.toString();
    }
}
