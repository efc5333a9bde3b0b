package io.adaos.hub.projection.ystore;

import java.time.Instant;

/**
 * A part of a document that recovery could not use.
 *
 * @param name how operators call it, once per webspace and recovery
 * @param fromGeneration the first generation in it
 * @param toGeneration the last generation in it
 * @param rows how many updates it holds, a snapshot counted as one
 * @param bytes of these
 * @param snapshot whether a snapshot is among them
 */
public record SetAside(
        String name, long fromGeneration, long toGeneration, long rows, long bytes,
        boolean snapshot, Instant setAsideAt) {
}
