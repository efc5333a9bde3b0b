package io.adaos.hub.projection.ystore;

import io.adaos.hub.contracts.id.WebspaceId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Which webspaces exist, and who may write each of them. */
public interface WebspaceStore {

    /** Webspaces there may be at most. */
    int WEBSPACES_MAX = 1_000;

    /** What became of a wish for a webspace. */
    enum Creation { CREATED, EXISTED, LIMIT_REACHED }

    /** Makes a webspace exist; asking again changes nothing. */
    CompletionStage<Creation> create(WebspaceId webspace, String createdBy);

    /** All webspaces, by name. */
    CompletionStage<List<WebspaceId>> list();

    /** Takes the next epoch of a webspace; empty when there is no such webspace. */
    CompletionStage<Optional<Lease>> acquire(WebspaceId webspace, String holder);
}
