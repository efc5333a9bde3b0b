package io.adaos.hub.operations.work;

import io.adaos.hub.contracts.error.FieldProblem;
import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.contracts.operation.OperationError;
import java.util.List;

/** Every way in which a worker is refused, and work given up. */
final class WorkRefusals {

    private WorkRefusals() {
    }

    static HubException leaseLost() {
        return new HubException(HubErrorCode.LEASE_LOST,
                "This lease is unknown, was given to another node, or does not count any more");
    }

    static HubException resultInvalid(String why) {
        return new HubException(HubErrorCode.WORK_RESULT_INVALID,
                "The result is not one of the work that was ordered: " + why);
    }

    static HubException notANode(String subject) {
        return new HubException(HubErrorCode.FORBIDDEN,
                "Only a credential with a subject node:<id> may work, this is " + subject);
    }

    static HubException noScope(String kind) {
        return new HubException(HubErrorCode.FORBIDDEN,
                "The credential has no scope work:" + kind);
    }

    static HubException malformed(List<FieldProblem> problems) {
        return new HubException(HubErrorCode.REQUEST_INVALID, "The request has "
                + problems.size() + (problems.size() == 1 ? " fault" : " faults"), problems);
    }

    static OperationError unreachable(String node, long seconds) {
        return new OperationError("node_unreachable",
                "Nobody on node " + node + " has taken the work within " + seconds + " s",
                "Start the node's worker, look at GET /v1/nodes, then retry", true);
    }

    static OperationError workerLost(String node, int attempts) {
        return new OperationError("worker_lost", "The worker of node " + node + " was lost "
                + attempts + (attempts == 1 ? " time" : " times") + " while it had the work",
                "Look at the log of that node's worker, then retry", true);
    }
}
