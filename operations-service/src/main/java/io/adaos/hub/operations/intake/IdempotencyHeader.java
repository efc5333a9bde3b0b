package io.adaos.hub.operations.intake;

import io.adaos.hub.contracts.error.FieldProblem;
import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.operations.lifecycle.Submission;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The header {@code Idempotency-Key}: 1 to 200 visible ASCII characters. */
public final class IdempotencyHeader {

    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7E]{1,200}");

    private IdempotencyHeader() {
    }

    /**
     * The key within its scope, empty when the header was not sent.
     *
     * @throws HubException when it is unusable
     */
    public static Optional<Submission.Key> read(String header, String subject, String path) {
        if (header == null) {
            return Optional.empty();
        }
        if (!KEY.matcher(header).matches()) {
            throw new HubException(HubErrorCode.REQUEST_INVALID, "The Idempotency-Key is unusable",
                    List.of(new FieldProblem("Idempotency-Key", "malformed",
                            "It must have 1 to 200 visible ASCII characters",
                            "Use a random UUID")));
        }
        return Optional.of(new Submission.Key(subject, "POST", path, header));
    }
}
