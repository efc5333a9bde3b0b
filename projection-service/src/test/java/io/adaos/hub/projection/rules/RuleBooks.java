package io.adaos.hub.projection.rules;

import io.adaos.hub.contracts.id.ArtifactRef;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.contracts.rules.DeclaredRules;
import io.adaos.hub.contracts.rules.ProjectionMode;
import io.adaos.hub.contracts.rules.ProjectionPath;
import io.adaos.hub.contracts.rules.ProjectionRule;
import io.adaos.hub.contracts.rules.RuleBudget;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes books of rules for tests. */
public final class RuleBooks {

    private RuleBooks() {
    }

    public static RuleBook of(RuleLayer... layers) {
        RuleBook book = RuleBook.unread(List.of()).completed();
        for (RuleLayer layer : layers) {
            book = book.with(layer);
        }
        return book;
    }

    public static RuleLayer skill(String id, long position, ProjectionRule... rules) {
        return layer(new ArtifactRef("skill", id), position, rules);
    }

    public static RuleLayer scenario(String id, ProjectionRule... rules) {
        return layer(new ArtifactRef("scenario", id), 0, rules);
    }

    public static RuleLayer layer(ArtifactRef owner, long position, ProjectionRule... rules) {
        return new RuleLayer(owner, "1.0.0", position, true, new DeclaredRules(List.of(rules),
                List.of(), Optional.empty(), Optional.empty(), List.of(), List.of()));
    }

    /** Rules of scope {@code webspace}, from {@code slot=path} and {@code slot=path@webspace}. */
    public static ProjectionRule[] rules(String... slots) {
        return Stream.of(slots).map(RuleBooks::rule).toArray(ProjectionRule[]::new);
    }

    private static ProjectionRule rule(String text) {
        String[] parts = text.split("[=@]");
        return new ProjectionRule("webspace", parts[0], ProjectionPath.parse(parts[1]),
                Optional.ofNullable(parts.length > 2 ? parts[2] : null)
                        .map(WebspaceId::of),
                RuleBudget.DEFAULT, ProjectionMode.REPLACE);
    }
}
