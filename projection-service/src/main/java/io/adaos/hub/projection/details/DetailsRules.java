package io.adaos.hub.projection.details;

import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.contracts.rules.DataRoute;
import io.adaos.hub.contracts.rules.DeclaredRules;
import io.adaos.hub.contracts.rules.DetailsRule;
import io.adaos.hub.contracts.rules.RuleBudget;
import io.adaos.hub.projection.rules.RuleBook;
import io.adaos.hub.projection.rules.RuleLayer;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds which artifact declares details of a slot: by a data route of kind details that names it,
 * or by giving details of all its slots.
 */
final class DetailsRules {

    private static final String ANY = "*";

    private DetailsRules() {
    }

    /** What is declared about a slot. */
    sealed interface Declared {

        /** The artifact of this layer declares it, with these limits. */
        record By(RuleLayer layer, RuleBudget budget) implements Declared {
        }

        /** No artifact that counts in the webspace declares it. */
        record Nobody() implements Declared {
        }

        /** Not all rules are known yet. */
        record Unknown(String detail) implements Declared {
        }
    }

    /** Whose the slot is: the active scenario's, else that of the skill registered last. */
    static Declared find(RuleBook book, WebspaceId webspace, String slot) {
        if (!book.isComplete()) {
            return new Declared.Unknown("The rules of installed artifacts are being loaded");
        }
        for (RuleLayer layer : book.layersIn(webspace)) {
            Optional<RuleBudget> budget = budget(layer.rules(), slot);
            if (budget.isPresent()) {
                return new Declared.By(layer, budget.get());
            }
        }
        return book.pending().isEmpty() ? new Declared.Nobody() : new Declared.Unknown(
                "The rules of " + book.pending().iterator().next() + " are being loaded");
    }

    /** How large details of a slot may be; empty when these rules declare none. */
    static Optional<RuleBudget> budget(DeclaredRules rules, String slot) {
        return rules.routes().stream()
                .filter(route -> route.isDetails() && names(route, slot))
                .findFirst()
                .map(route -> budget(
                        route.budget().maxBytes().orElse(RuleBudget.DEFAULT.maxBytes()),
                        route.budget().maxItems().orElse(RuleBudget.CEILING.maxItems())))
                .or(() -> rules.details().filter(DetailsRule::http)
                        .filter(all -> rules.projections().stream()
                                .anyMatch(rule -> rule.slot().equals(slot)))
                        .map(all -> budget(all.maxBytes(), RuleBudget.CEILING.maxItems())));
    }

    /** A route is named by its slot, else its receiver, else its path; a receiver may be open. */
    private static boolean names(DataRoute route, String slot) {
        return Stream.of(route.slot(), route.receiver(), route.path())
                .flatMap(Optional::stream).findFirst()
                .filter(name -> name.endsWith(ANY)
                        ? slot.startsWith(name.substring(0, name.length() - ANY.length()))
                        : slot.equals(name))
                .isPresent();
    }

    /** What is larger than the largest value of a body can never arrive. */
    private static RuleBudget budget(int maxBytes, int maxItems) {
        RuleBudget most = RuleBudget.CEILING;
        return new RuleBudget(Math.min(maxBytes, most.maxBytes()),
                Math.min(maxItems, most.maxItems()), most.maxDepth(), most.maxStringBytes());
    }
}
