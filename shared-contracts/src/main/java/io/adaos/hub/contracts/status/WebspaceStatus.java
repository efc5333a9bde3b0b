package io.adaos.hub.contracts.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import io.adaos.hub.contracts.id.WebspaceId;
import java.util.List;

/**
 * The three contracts of a webspace at one moment, with what proves them.
 *
 * @param connectivity nodes, and the sessions of this webspace
 * @param yjsPressure one row an owner, the most severe first
 */
public record WebspaceStatus(
        WebspaceId webspaceId,
        EpochSeconds at,
        List<Connectivity> connectivity,
        StateSync stateSync,
        List<YjsPressure> yjsPressure,
        Evidence evidence) {

    public WebspaceStatus {
        connectivity = List.copyOf(connectivity);
        yjsPressure = List.copyOf(yjsPressure);
    }

    /**
     * What the contracts were made from.
     *
     * @param generation the newest one that is durable, absent while the room is not live
     * @param snapshotFallbackTotal full states sent outside a first join, by all rooms since the
     *     service began
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Evidence(Long generation, List<Source> sources, Sessions sessions, Room room,
            long snapshotFallbackTotal) {

        public Evidence {
            sources = List.copyOf(sources);
        }
    }

    /**
     * What a document is filled from.
     *
     * @param ageMs since something was heard, absent when nothing ever was
     * @param sequence of the newest fact that was taken over, absent before the first list
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Source(Name name, State state, Long ageMs, Long sequence) {

        /** The four there can be. */
        public enum Name implements WireWord {
            OPERATIONS, CATALOG, INSTALLED, RULES;

            @Override
            @JsonValue
            public String wire() {
                return WireWord.super.wire();
            }
        }

        /** How it is followed. */
        public enum State implements WireWord {
            PENDING, LISTING, FOLLOWING, LOST;

            @Override
            @JsonValue
            public String wire() {
                return WireWord.super.wire();
            }
        }
    }

    /**
     * The sockets of a webspace.
     *
     * @param acknowledged those that say what they have applied
     * @param behind those whose oldest unproven generation is 10 s old
     * @param plain those that say nothing
     * @param oldestUnprovenMs the greatest wait for a proof of those not behind, 0 when none
     */
    public record Sessions(
            int count, int acknowledged, int behind, int plain, long oldestUnprovenMs) {
    }

    /**
     * The room.
     *
     * @param live it is open in this process
     * @param log its log takes appends
     * @param blockers what an operator has to decide
     */
    public record Room(boolean live, boolean log, List<String> blockers) {
        public Room {
            blockers = List.copyOf(blockers);
        }
    }
}
