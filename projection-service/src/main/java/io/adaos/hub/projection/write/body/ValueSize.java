package io.adaos.hub.projection.write.body;

import io.adaos.hub.contracts.rules.RuleBudget;
import java.util.Optional;

/**
 * How large a value is, in the measures of a rule's budget.
 *
 * @param bytes UTF-8 bytes as JSON without blanks
 * @param items of the longest list anywhere in it
 * @param depth nesting of lists and objects; 0 of a scalar
 * @param stringBytes UTF-8 bytes of the longest text or key
 */
public record ValueSize(long bytes, long items, int depth, long stringBytes) {

    /** One measure that is above what the rule allows. */
    public record Excess(String what, long observed, long limit) {
    }

    /** The first measure above a budget, if any is. */
    public Optional<Excess> over(RuleBudget budget) {
        if (bytes > budget.maxBytes()) {
            return Optional.of(new Excess("bytes", bytes, budget.maxBytes()));
        }
        if (items > budget.maxItems()) {
            return Optional.of(new Excess("items of one list", items, budget.maxItems()));
        }
        if (depth > budget.maxDepth()) {
            return Optional.of(new Excess("levels of nesting", depth, budget.maxDepth()));
        }
        return stringBytes > budget.maxStringBytes()
                ? Optional.of(new Excess(
                        "bytes of one text", stringBytes, budget.maxStringBytes()))
                : Optional.empty();
    }
}
