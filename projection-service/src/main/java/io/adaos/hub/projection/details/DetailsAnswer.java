package io.adaos.hub.projection.details;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.adaos.hub.contracts.id.OwnerId;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.write.body.WriteWait;
import io.adaos.hub.projection.write.ingress.WriteAnswer;

/**
 * What a writer of details is told; the tag of the value is in the header {@code ETag}.
 *
 * @param outcome {@code applied} or {@code unchanged}
 * @param level {@code durable} always
 * @param owner to whom the write is attributed
 * @param path {@code details/<slot>}
 * @param bytes of the value as it is kept
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DetailsAnswer(WriteAnswer.Outcome outcome, WriteWait.Level level,
        WebspaceId webspaceId, OwnerId owner, String path, int bytes, String correlationId) {
}
