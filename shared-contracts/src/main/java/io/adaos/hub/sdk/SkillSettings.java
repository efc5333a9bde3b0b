package io.adaos.hub.sdk;

import io.adaos.hub.contracts.id.NodeId;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where the hub is, who the skill is there, and how long it waits. All of it is given by whoever
 * starts the skill; nothing is read from a manifest.
 *
 * @param hub address of projection-service, {@code http://host:port}
 * @param token the skill's credential, asked for each request, so that it may be renewed
 * @param node on which the skill runs; empty for the node of the credential, else {@code hub}
 * @param within how long {@code set} waits for its value to be durable; 1 ms to 10 min
 * @param confirmedFor how long the hub's word that it holds a value is believed; up to 1 h
 */
public record SkillSettings(URI hub, Supplier<String> token, Optional<NodeId> node,
        Duration within, Duration confirmedFor) {

    private static final Duration WITHIN = Duration.ofSeconds(30);
    private static final Duration CONFIRMED_FOR = Duration.ofMinutes(1);

    public SkillSettings {
        Objects.requireNonNull(token);
        if (hub.getHost() == null || !hub.getScheme().matches("https?")) {
            throw new IllegalArgumentException(
                    "'" + hub + "' is no address of a hub; write http://host:port");
        }
        if (within.toMillis() < 1 || within.compareTo(Duration.ofMinutes(10)) > 0) {
            throw new IllegalArgumentException("within is 1 ms to 10 min, got " + within);
        }
        if (confirmedFor.isNegative() || confirmedFor.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("confirmedFor is up to 1 h, got " + confirmedFor);
        }
    }

    /** A skill with a token that stays; waits 30 s, believes for a minute. */
    public static SkillSettings of(URI hub, String token) {
        Objects.requireNonNull(token);
        return new SkillSettings(hub, () -> token, Optional.empty(), WITHIN, CONFIRMED_FOR);
    }

    /** The same with another limit of time. */
    public SkillSettings within(Duration limit) {
        return new SkillSettings(hub, token, node, limit, confirmedFor);
    }

    /** The same on a named node. */
    public SkillSettings on(NodeId where) {
        return new SkillSettings(hub, token, Optional.of(where), within, confirmedFor);
    }

    /** The same with another time for which a confirmation is believed; zero: always send. */
    public SkillSettings confirmedFor(Duration time) {
        return new SkillSettings(hub, token, node, within, time);
    }
}
