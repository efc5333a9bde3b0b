package io.adaos.hub.projection.governance.direct;

import io.adaos.hub.contracts.id.OwnerId;
import java.util.List;

/**
 * What one skill wrote into one webspace by raw updates, and what it should declare instead.
 *
 * @param writes raw updates seen, refused ones included
 * @param refused those that may not be sent
 * @param largestBytes length of the largest update
 * @param firstAt epoch milliseconds
 * @param lastAt epoch milliseconds
 * @param paths where, at most five segments deep, the most written first
 * @param pathsDropped touched paths that found no place in {@code paths}
 * @param dataProjections what the manifest should declare to write the same through projections
 */
public record DirectWriteRow(
        String webspaceId,
        OwnerId owner,
        long writes,
        long refused,
        long bytes,
        long largestBytes,
        long firstAt,
        long lastAt,
        List<WrittenPath> paths,
        long pathsDropped,
        List<SuggestedProjection> dataProjections) {

    /** One place that was written. */
    public record WrittenPath(String path, long writes, long bytes, long largestBytes) {
    }
}
