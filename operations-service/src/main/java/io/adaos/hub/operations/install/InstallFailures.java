package io.adaos.hub.operations.install;

import io.adaos.hub.contracts.operation.OperationError;
import io.adaos.hub.contracts.operation.OperationState;
import io.adaos.hub.operations.execution.HandlerFailure;
import io.adaos.hub.operations.execution.TransientFailure;
import io.adaos.hub.operations.lifecycle.machine.OperationCommand;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Every way an installation can fail, with what to do about it. */
public final class InstallFailures {

    private InstallFailures() {
    }

    public static HandlerFailure notFound(OperationCommand command) {
        String what = command.target().label()
                + (command.version() == null ? "" : " " + command.version());
        return failure("artifact_not_found", "The registry has no " + what,
                "Publish it, or choose one from GET /v1/catalog", true);
    }

    public static HandlerFailure badAnswer(String what) {
        return failure("registry_answer_invalid", "The registry's answer has " + what,
                "Update the hub's services to the same version", true);
    }

    public static HandlerFailure refused(int status) {
        return failure("registry_refused", "The registry refused with HTTP " + status,
                "Check the service key of operations-service", true);
    }

    public static TransientFailure away(String why) {
        return new TransientFailure(new OperationError("registry_unavailable",
                "The registry is away (" + why + ")", "Start the registry, then retry", true));
    }

    public static HandlerFailure blobTooLarge(long bytesMax) {
        return failure("archive_too_large",
                "The archive has more than " + bytesMax + " bytes",
                "Leave out what the artifact does not need to run", false);
    }

    public static HandlerFailure nameTaken(String name, String otherId) {
        return failure("name_conflict",
                "The name " + name + " is in use by the installed artifact " + otherId,
                "Uninstall the other artifact, or publish this one under another name", true);
    }

    /** @param before the version that is in use again, empty when there was none */
    public static HandlerFailure rulesNotConfirmed(
            String what, String why, Optional<String> before) {
        Map<String, Object> facts = new HashMap<>();
        facts.put("rolled_back_to", before.orElse(null));
        return new HandlerFailure(new OperationError("rules_not_confirmed",
                "The projection rules of " + what + " were not confirmed: " + why + "; "
                        + before.map(version -> version + " is in use again")
                                .orElse("it is not installed"),
                "Look at GET /v1/health of projection-service, then retry", true).with(facts));
    }

    public static HandlerFailure notInstalled(OperationCommand command) {
        return failure("not_installed",
                command.target().label() + " is not installed on " + command.target().node(),
                "Install it", true);
    }

    /** A requirement that the registry does not have. */
    public static HandlerFailure requirementUnknown(String skill) {
        return requirementFailed(skill, new OperationError.Cause("artifact_not_found",
                "The registry has no skill:" + skill), "Publish the skill, then retry");
    }

    /** A requirement whose own operation ended otherwise than well. */
    public static HandlerFailure requirementFailed(OperationState child) {
        OperationError.Cause cause = child.error() == null
                ? new OperationError.Cause(child.status().wire(), child.message())
                : new OperationError.Cause(child.error().type(), child.error().message());
        return requirementFailed(child.targetId(), cause,
                "Look at operation " + child.operationId() + ", then retry");
    }

    private static HandlerFailure requirementFailed(
            String skill, OperationError.Cause cause, String remedy) {
        return new HandlerFailure(new OperationError("requirement_failed",
                "The required skill " + skill + " could not be installed: " + cause.message(),
                remedy, true).because(cause).with(Map.of("requirement", skill)));
    }

    public static TransientFailure workspace(Exception cause) {
        return new TransientFailure(new OperationError("workspace_unwritable",
                "The workspace cannot be written (" + cause.getMessage() + ")",
                "Make room and check permissions of the workspace, then retry", true));
    }

    private static HandlerFailure failure(
            String type, String message, String remedy, boolean retryable) {
        return new HandlerFailure(new OperationError(type, message, remedy, retryable));
    }
}
