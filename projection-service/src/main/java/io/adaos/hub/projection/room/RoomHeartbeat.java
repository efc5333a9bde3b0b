package io.adaos.hub.projection.room;

import io.adaos.hub.projection.room.member.OutboundFrame;
import io.adaos.hub.projection.room.member.RoomMember;
import java.time.Instant;
import java.util.Collection;

/** What the members of a room hear when nothing happens, and which of them are closed. */
final class RoomHeartbeat {

    private RoomHeartbeat() {
    }

    /** @param certain whether this process may say that the generation is the newest */
    static void beat(Collection<RoomMember> members, RoomServices services, long generation,
            boolean certain) {
        Instant now = services.clock().instant();
        Instant silentSince = now.minus(services.settings().silenceMax());
        OutboundFrame newest = RoomFrames.generation(generation);
        OutboundFrame signOfLife = RoomFrames.signOfLife();
        for (RoomMember member : members) {
            member.closeIfLost(now);
            if (member.hearsGenerations()) {
                if (certain) {
                    member.offer(newest);
                }
            } else if (member.lastSentAt().isBefore(silentSince)) {
                member.offer(signOfLife);
            }
        }
    }
}
