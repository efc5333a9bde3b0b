package io.adaos.hub.projection.platform;

import io.adaos.hub.projection.room.upkeep.UpkeepCounts;
import io.adaos.hub.runtime.http.HealthDetail;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What rooms did to their documents on their own, as numbers: for operators, and as metrics. */
@Startup
@Singleton
final class UpkeepCheck implements HealthDetail {

    private final UpkeepCounts counts;

    UpkeepCheck(UpkeepCounts counts, MeterRegistry registry) {
        this.counts = counts;
        count(registry, "hub_room_rotations", UpkeepCounts::rotations);
        count(registry, "hub_room_rotated_branches", UpkeepCounts::rotatedBranches);
        count(registry, "hub_room_rotated_bytes", UpkeepCounts::rotatedBytes);
        count(registry, "hub_room_repairs", UpkeepCounts::repairs);
        count(registry, "hub_room_cleared_branches", UpkeepCounts::cleared);
        count(registry, "hub_room_opens", UpkeepCounts::opens);
        count(registry, "hub_room_sleeps", UpkeepCounts::sleeps);
    }

    private void count(
            MeterRegistry registry, String name, ToDoubleFunction<UpkeepCounts> value) {
        FunctionCounter.builder(name, counts, value).register(registry);
    }

    @Override
    public String name() {
        return "upkeep";
    }

    @Override
    public Uni<Object> read() {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("rotations", counts.rotations());
        shown.put("rotated_branches", counts.rotatedBranches());
        shown.put("rotated_bytes", counts.rotatedBytes());
        shown.put("repairs", counts.repairs());
        shown.put("cleared_branches", counts.cleared());
        shown.put("rooms_opened", counts.opens());
        shown.put("rooms_asleep", counts.sleeps());
        return Uni.createFrom().item(shown);
    }
}
