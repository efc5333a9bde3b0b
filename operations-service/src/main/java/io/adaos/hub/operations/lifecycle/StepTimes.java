package io.adaos.hub.operations.lifecycle;

import io.adaos.hub.contracts.operation.OperationKind;
import io.adaos.hub.contracts.operation.OperationPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** How long the planned steps of each kind take, as a moving average. */
public final class StepTimes {

    /** Weight of the newest measurement: about the last ten count. */
    private static final double NEWEST = 0.2;

    private final Map<Step, Double> millis = new ConcurrentHashMap<>();
    private final Set<Step> changed = ConcurrentHashMap.newKeySet();

    /** A step of a kind; there are as many as the plans have. */
    record Step(String kind, String name) {
    }

    /** An average as it is kept. */
    record Average(Step step, double millis) {
    }

    /** The step was at hand for so long. */
    public void measured(OperationKind kind, String step, Duration took) {
        Step key = new Step(kind.value(), step);
        double now = Math.max(0, took.toMillis());
        millis.merge(key, now, (old, newest) -> old + NEWEST * (newest - old));
        changed.add(key);
    }

    /** From the beginning of this step to the end; empty when one of them was never measured. */
    public Optional<Duration> from(OperationKind kind, OperationPlan plan, int place) {
        double sum = 0;
        for (int i = Math.max(0, place); i < plan.steps().size(); i++) {
            Double average = millis.get(new Step(kind.value(), plan.steps().get(i).name()));
            if (average == null) {
                return Optional.empty();
            }
            sum += average;
        }
        return Optional.of(Duration.ofMillis((long) sum));
    }

    /** What was kept before; what was measured since counts more. */
    void remembered(List<Average> kept) {
        kept.forEach(average -> millis.putIfAbsent(average.step(), average.millis()));
    }

    /** What has changed since the last call. */
    List<Average> news() {
        List<Average> news = new ArrayList<>();
        for (Step step : List.copyOf(changed)) {
            changed.remove(step);
            news.add(new Average(step, millis.get(step)));
        }
        return news;
    }
}
