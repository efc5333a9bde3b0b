package io.adaos.hub.cli.parts;

import io.adaos.hub.cli.data.HubPart;
import io.adaos.hub.cli.supervise.StopRule;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** How each process of the hub is asked to end. */
public final class StopRules {
    private static final Duration SERVICE_PATIENCE = Duration.ofSeconds(15);
    private static final Duration NATS_PATIENCE = Duration.ofSeconds(10);
    private static final Duration POSTGRES_PATIENCE = Duration.ofSeconds(30);

    private StopRules() {}

    /** SIGINT is PostgreSQL's fast shutdown: sessions end, everything committed is kept. */
    public static StopRule of(HubPart part) {
        return switch (part) {
            case REGISTRY, MARKETPLACE, OPERATIONS, PROJECTION ->
                    new StopRule(StopRule.Signal.TERM, part.stopOrder(), SERVICE_PATIENCE);
            case NATS -> new StopRule(StopRule.Signal.TERM, part.stopOrder(), NATS_PATIENCE);
            case POSTGRES ->
                    new StopRule(StopRule.Signal.INT, part.stopOrder(), POSTGRES_PATIENCE);
        };
    }

    /** By process name. */
    public static Map<String, StopRule> of(Collection<HubPart> parts) {
        Map<String, StopRule> rules = new LinkedHashMap<>();
        parts.forEach(part -> rules.put(part.processName(), of(part)));
        return rules;
    }
}
