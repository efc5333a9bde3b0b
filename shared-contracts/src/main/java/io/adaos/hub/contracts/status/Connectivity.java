package io.adaos.hub.contracts.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;

/**
 * Whether an actor can communicate at all; says nothing about what it shows. Nulls are written.
 *
 * @param scopeId the node or session this is about
 * @param transportState {@code unknown} before anything was heard, and for what is disabled
 * @param transitionState announced by the actor, or {@code reconnecting} after a missed heartbeat
 * @param blockers what keeps it from being ready, and nothing else
 * @param servedBy who answers for the actor, null while nobody has
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Connectivity(
        Kind kind,
        String scopeId,
        Transport transportState,
        Transition transitionState,
        PlannedTransition plannedTransition,
        List<String> blockers,
        ServedBy servedBy) {

    public Connectivity {
        blockers = List.copyOf(blockers);
    }

    /** Whose link to whom. */
    public enum Kind implements WireWord {
        HUB_ROOT, MEMBER_HUB, BROWSER_CONTROL_ROUTE;

        @Override
        @JsonValue
        public String wire() {
            return WireWord.super.wire();
        }
    }

    /** How the link is; only here is there an {@code unknown}. */
    public enum Transport implements WireWord {
        READY, DEGRADED, DISCONNECTED, UNKNOWN;

        @Override
        @JsonValue
        public String wire() {
            return WireWord.super.wire();
        }
    }

    /** What the actor is about to do. */
    public enum Transition implements WireWord {
        READY, RECONNECTING, WAITING_RESTART, RESTARTING, PAUSED_FOR_UPDATE, DISABLED;

        @Override
        @JsonValue
        public String wire() {
            return WireWord.super.wire();
        }
    }

    /** Why an actor goes. */
    public enum Reason implements WireWord {
        CORE_UPDATE, MEMORY_PRESSURE_CRITICAL, MANUAL_RESTART;

        @Override
        @JsonValue
        public String wire() {
            return WireWord.super.wire();
        }
    }

    /** Who answers for an actor. */
    public enum ServedBy implements WireWord {
        RUNTIME, SUPERVISOR, SIDECAR;

        @Override
        @JsonValue
        public String wire() {
            return WireWord.super.wire();
        }
    }

    /**
     * What an actor has announced before it goes.
     *
     * @param reason null when nothing is planned
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record PlannedTransition(boolean active, Reason reason) {

        /** Nothing is planned. */
        public static final PlannedTransition NONE = new PlannedTransition(false, null);

        public PlannedTransition {
            if (active != (reason != null)) {
                throw new IllegalArgumentException(
                        "a planned transition has a reason, and only when it is active");
            }
        }
    }
}
