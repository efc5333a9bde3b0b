package io.adaos.hub.registry.upload;

import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.runtime.http.ProblemMapper;
import io.vertx.core.http.HttpClosedException;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jboss.resteasy.reactive.server.core.multipart.MultipartParser.MalformedMessageException;

/** Tells a form that is broken or cut off from a fault of ours. */
@Singleton
public class BrokenUploadMapper {

    private final ProblemMapper problems;

    BrokenUploadMapper(ProblemMapper problems) {
        this.problems = problems;
    }

    /** Failures while a body is read, and everything else of these types. */
    @ServerExceptionMapper({IOException.class, RuntimeException.class})
    public Response answer(Exception failure) {
        Throwable cause = failure instanceof UncheckedIOException ? failure.getCause() : failure;
        return problems.answer(refusal(cause).map(Exception.class::cast).orElse(failure));
    }

    /** The framework tells some of these apart by their texts only. */
    private static Optional<HubException> refusal(Throwable failure) {
        String text = String.valueOf(failure.getMessage());
        if (text.startsWith("Param limit of ")) {
            return Optional.of(new HubException(HubErrorCode.BODY_INVALID,
                    "The form has too many fields"));
        }
        boolean isBroken = failure instanceof MalformedMessageException
                || failure.getCause() instanceof HttpClosedException
                || text.equals("Connection terminated parsing multipart request");
        return isBroken
                ? Optional.of(new HubException(HubErrorCode.BODY_INVALID,
                        "The multipart form is malformed or ends too early"))
                : Optional.empty();
    }
}
