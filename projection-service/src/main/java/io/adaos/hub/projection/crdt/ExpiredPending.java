package io.adaos.hub.projection.crdt;

/**
 * What was dropped because it had waited for too long.
 *
 * @param structs structs that waited for others
 * @param deletes deleted ranges of units that never came
 */
public record ExpiredPending(int structs, int deletes) {
    /** Whether nothing had to be dropped. */
    public boolean isEmpty() {
        return structs == 0 && deletes == 0;
    }
}
