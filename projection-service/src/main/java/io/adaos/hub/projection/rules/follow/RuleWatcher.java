package io.adaos.hub.projection.rules.follow;

import io.adaos.hub.projection.rules.RuleBook;

/** Hears of every change of the rules, in order and on one thread; must not block. */
@FunctionalInterface
public interface RuleWatcher {

    /** From now on questions are answered from {@code after}. */
    void changed(RuleBook before, RuleBook after);
}
