package io.adaos.hub.contracts.error;

import java.util.Locale;

/** Every refusal a client can meet. The code is a contract, the wording is not. */
public enum HubErrorCode {
    REQUEST_INVALID(400, false, "Correct the request as the errors say"),
    BODY_INVALID(400, false, "Send a body of the documented shape"),
    UNAUTHENTICATED(401, false, "Send a valid token as 'Authorization: Bearer <token>'"),
    FORBIDDEN(403, false, "Use a credential that has the scope named in the detail"),
    ORIGIN_REFUSED(403, false, "Open the page from one of the configured origins"),
    NOT_FOUND(404, false, "Check the path"),
    METHOD_NOT_ALLOWED(405, false, "Use a method this path knows"),
    NOT_ACCEPTABLE(406, false, "Ask for application/json"),
    MEDIA_TYPE_UNSUPPORTED(415, false, "Send one of the documented content types"),
    PRECONDITION_FAILED(412, false, "Read it again, decide anew, and send the tag it has now"),
    PAYLOAD_TOO_LARGE(413, false, "Send less than the limit named in the detail"),
    RATE_LIMITED(429, true, "Try again after the time in Retry-After"),
    INTERNAL(500, true, "Try again; if it stays, give the correlation id to an operator"),
    UPSTREAM_UNAVAILABLE(503, true, "Try again in a moment"),
    STORE_UNAVAILABLE(503, true, "Try again in a moment"),
    NOT_YET_VISIBLE(503, true, "Try again in a moment"),

    ARTIFACT_NOT_FOUND(404, false, "Check kind, id and version against GET /v1/catalog"),
    BLOB_NOT_FOUND(404, false, "Take the digest from the catalog entry or version"),
    ARCHIVE_MISSING(400, false, "Send the archive in the field 'archive' or 'archive_b64'"),
    ARCHIVE_UNREADABLE(422, false, "Send a zip or a tar.gz that unpacks on your machine"),
    ARCHIVE_UNSAFE(422, false, "Remove or rename the entries named in the errors"),
    ARCHIVE_TOO_LARGE(413, false, "Leave out what the artifact does not need to run"),
    DIGEST_MISMATCH(422, false, "Send the archive again; it differs from the sha256 given"),
    MANIFEST_MISSING(422, false, "Put exactly one skill.yaml or scenario.yaml at the top"),
    MANIFEST_REJECTED(422, false, "Correct the manifest as the errors say"),
    VERSION_MISSING(422, false, "Add 'version: 1.0.0' to the manifest"),
    VERSION_INVALID(422, false, "Use a SemVer version such as 1.4.0"),
    VERSION_CONFLICT(409, false, "Raise the version; a published version never changes"),
    NAME_CONFLICT(409, false, "Choose another name; this one belongs to another artifact"),
    ACTION_NOT_FOUND(404, false, "Take the name from GET /v1/actions"),
    VERSION_NOT_FOUND(404, false, "Take the version from GET /v1/actions?q=<name>"),
    UNKNOWN_KEY_ID(400, false, "Sign with a trusted key, or have an operator trust this one"),
    BAD_SIGNATURE(400, false, "Sign the 32 bytes of the SHA-256 of the canonical schema"),
    IMMUTABLE_VERSION_CONFLICT(409, false, "Publish under the next version"),
    KEY_ALREADY_EXISTS(409, false, "Trust the other key under a key id of its own"),
    VALIDATION_ERROR(422, false, "Correct the request as the errors say"),
    CATALOG_CORRUPT(500, false, "Restore the catalog; nothing was overwritten"),

    OPERATION_NOT_FOUND(404, false, "Take the id from GET /v1/operations"),
    BUNDLE_NOT_FOUND(404, false, "Start diagnostics.run again; bundles are kept for a day"),
    OPERATION_KIND_UNKNOWN(422, false, "Use one of the kinds named in the detail"),
    OPERATION_NOT_CANCELLABLE(409, false, "Wait for the operation to end"),
    OPERATION_NOT_ACTIVE(409, false, "The operation has ended; read its status"),
    OPERATION_NOT_WAITING(409, false, "It asks nothing now; read its status"),
    OPERATION_NOT_RETRYABLE(409, false, "Start a new operation"),
    TARGET_BUSY(409, true, "Wait for the holder named in the detail, or cancel it"),
    IDEMPOTENCY_KEY_REUSED(422, false, "Use a new Idempotency-Key for another request"),
    TOO_MANY_OPERATIONS(429, true, "Try again after the time in Retry-After"),
    LEASE_LOST(409, false, "Stop this work, keep nothing of it, and claim again"),
    WORK_RESULT_INVALID(422, false, "Send the result of the work that was ordered"),

    WEBSPACE_UNKNOWN(404, false, "Use 'desktop', or have an operator create the webspace"),
    PROJECTION_RULE_MISSING(404, false, "Declare the slot in the manifest's data_projections"),
    STREAM_NOT_DECLARED(404, false,
            "Declare the receiver in the manifest's data_routes with route: stream"),
    TOPIC_INVALID(400, false, "Use a topic of docs/streams.md"),
    SUBSCRIPTION_LIMIT(429, true, "End subscriptions that are no longer needed"),
    COMMAND_UNKNOWN(404, false, "Use a command of docs/streams.md, or the HTTP interface"),
    RULES_NOT_LOADED(404, true, "Install the artifact, or ask again in a moment"),
    OWNER_MISSING(403, false, "Use the credential of a skill"),
    PATH_NOT_ALLOWED(403, false, "Write below a declared path"),
    PAYLOAD_BUDGET_EXCEEDED(413, false, "Send less, or raise max_bytes in the manifest"),
    BROAD_BRANCH_REWRITE(403, false, "Write the declared paths only, never a whole branch"),
    WRONG_OWNER(403, false, "Write slots of your own artifact"),
    WRITE_AMPLIFICATION(429, true, "Write less and less often; try again after Retry-After"),
    REPEATED_RESEED(429, true, "Write a value only when it has changed"),
    PENDING_LIMIT(429, true, "Write fewer paths, or smaller values; try again later"),
    POLICY_UNAVAILABLE(503, true, "Try again in a moment"),
    NOT_OWNER(503, true, "Ask the replica named in the detail"),
    VALUE_INVALID(422, false, "Send a JSON value within the documented limits"),
    MAILBOX_FULL(429, true, "Try again after the time in Retry-After");

    private final int httpStatus;
    private final boolean retryable;
    private final String remedy;

    HubErrorCode(int httpStatus, boolean retryable, String remedy) {
        this.httpStatus = httpStatus;
        this.retryable = retryable;
        this.remedy = remedy;
    }

    /** The word on the wire. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public int httpStatus() {
        return httpStatus;
    }

    /** The same request may succeed later. */
    public boolean retryable() {
        return retryable;
    }

    /** What to do, when nothing more exact is known. */
    public String remedy() {
        return remedy;
    }
}
