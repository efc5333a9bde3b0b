package io.adaos.hub.contracts.rules;

/**
 * How large a value written by a rule may be.
 *
 * @param maxBytes UTF-8 bytes of the value as JSON without blanks; by default 256 KiB
 * @param maxItems of the longest list anywhere in it; by default 1,000
 * @param maxDepth nesting of lists and objects; by default 32
 * @param maxStringBytes UTF-8 bytes of the longest text or key; by default 64 KiB
 */
public record RuleBudget(int maxBytes, int maxItems, int maxDepth, int maxStringBytes) {

    /** What a rule that says nothing may write. */
    public static final RuleBudget DEFAULT = new RuleBudget(256 << 10, 1_000, 32, 64 << 10);

    /** No rule may ask for more: what waits for a throttled owner has room for 1 MiB in all. */
    public static final RuleBudget CEILING = new RuleBudget(1 << 20, 10_000, 64, 1 << 20);

    public RuleBudget {
        if (maxBytes < 1 || maxItems < 1 || maxDepth < 1 || maxStringBytes < 1) {
            throw new IllegalArgumentException("budgets are positive");
        }
    }
}
