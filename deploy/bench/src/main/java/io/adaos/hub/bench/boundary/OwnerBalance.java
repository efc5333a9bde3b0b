package io.adaos.hub.bench.boundary;

import com.fasterxml.jackson.databind.JsonNode;
import io.adaos.hub.bench.live.HubHttp;
import io.adaos.hub.bench.live.LiveHub;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What became of the writes of one owner, as the service itself counts.
 *
 * @param attempted all but the unchanged ones and those without a rule
 * @param waiting deferred and not yet written, or not yet answered
 * @param aside unchanged, or without a rule
 */
record OwnerBalance(String owner, long attempted, long applied, long coalesced, long refused,
        long waiting, long aside) {

    /** Of all owners of a webspace. */
    static Map<String, OwnerBalance> of(LiveHub hub, String webspace)
            throws IOException, InterruptedException {
        Map<String, OwnerBalance> balances = new TreeMap<>();
        JsonNode page = new HubHttp(hub.adminToken()).get(hub.projection()
                + "/v1/governance/owners?limit=500&webspace_id=" + webspace).fulfilled().body();
        for (JsonNode row : page.get("items")) {
            balances.put(row.get("owner").asText(), of(row));
        }
        return balances;
    }

    static OwnerBalance of(JsonNode row) {
        JsonNode counters = row.get("counters");
        return new OwnerBalance(row.get("owner").asText(), number(counters, "attempted_total"),
                number(counters, "applied"), number(counters, "coalesced"),
                number(counters, "refused"),
                number(counters, "pending") + number(counters, "in_progress"),
                number(counters, "unchanged") + number(counters, "rule_missing"));
    }

    private static long number(JsonNode counters, String name) {
        return counters.required(name).asLong();
    }

    /** What does not hold: the sum, or the number the owner knows it has written. */
    List<String> faults(long written) {
        List<String> faults = new ArrayList<>();
        if (attempted != applied + coalesced + refused + waiting) {
            faults.add("does not balance: " + this);
        }
        if (written != attempted + aside) {
            faults.add(owner + " wrote " + written + ", counted are " + (attempted + aside));
        }
        return faults;
    }

    /** Waits until nothing waits any more; what is still there is told. */
    static Optional<String> awaitQuiet(LiveHub hub, String webspace, long millis)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + millis * 1_000_000;
        List<OwnerBalance> waiting;
        do {
            Thread.sleep(100);
            waiting = of(hub, webspace).values().stream()
                    .filter(balance -> balance.waiting() > 0).toList();
        } while (!waiting.isEmpty() && System.nanoTime() < end);
        return waiting.isEmpty() ? Optional.empty() : Optional.of("still waiting: " + waiting);
    }
}
