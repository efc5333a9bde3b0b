package io.adaos.hub.projection.write.budget;

import io.adaos.hub.contracts.id.OwnerId;
import io.adaos.hub.contracts.rules.DataRoute;
import io.adaos.hub.contracts.rules.ProjectionRule;
import io.adaos.hub.projection.governance.pressure.DeclaredBudgets.Promise;
import io.adaos.hub.projection.rules.RuleBook;
import io.adaos.hub.projection.rules.RuleLayer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What skills promise by the budgets of their {@code data_routes}. */
final class ManifestBudgets {

    /*
     * Notes.
     *
     * A route says how often it publishes (max_publish_hz), its slot how much at most. A skill
     * whose every slot has both has promised a rate. Twice of it is no breach: it may come in
     * bursts. Neither is one write of everything in the five seconds that are looked at, which is
     * what a start looks like.
     */

    private static final double LEEWAY = 2;
    private static final double WINDOW_SECONDS = 5;

    private ManifestBudgets() {
    }

    /** The promises of all skills that made one. */
    static Map<OwnerId, Promise> of(RuleBook book) {
        Map<OwnerId, Promise> promises = new HashMap<>();
        for (RuleLayer layer : book.layers()) {
            if (layer.owner().kind().equals("skill")) {
                promise(layer).ifPresent(promise -> promises.put(
                        new OwnerId("skill:" + layer.owner().id()), promise));
            }
        }
        return promises;
    }

    private static Optional<Promise> promise(RuleLayer layer) {
        double bytes = 0;
        double writes = 0;
        double bytesOfAll = 0;
        int slots = 0;
        for (ProjectionRule rule : layer.rules().projections()) {
            Optional<Double> rate = rate(layer, rule.slot());
            if (rate.isEmpty()) {
                return Optional.empty();
            }
            slots++;
            writes += rate.get();
            bytes += rate.get() * rule.budget().maxBytes();
            bytesOfAll += rule.budget().maxBytes();
        }
        return slots == 0 ? Optional.empty() : Optional.of(new Promise(
                Math.max(LEEWAY * bytes, bytesOfAll / WINDOW_SECONDS),
                Math.max(LEEWAY * writes, slots / WINDOW_SECONDS)));
    }

    /** The first route of a slot counts, as for its size. */
    private static Optional<Double> rate(RuleLayer layer, String slot) {
        return layer.rules().routes().stream()
                .filter(route -> route.isYjs() && route.slot().filter(slot::equals).isPresent())
                .findFirst().map(DataRoute::budget)
                .flatMap(DataRoute.Budget::maxPublishHz)
                .filter(hertz -> hertz > 0);
    }
}
