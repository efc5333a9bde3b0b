package io.adaos.hub.cli.worker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.adaos.hub.runtime.workspace.WorkspaceRefusal;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Does the tasks that work is made of. */
final class NodeTasks {

    private static final int FETCHED_PERCENT = 80;

    private final NodeFiles files;
    private final ActionCommands actions;

    NodeTasks(NodeFiles files, ActionCommands actions) {
        this.files = files;
        this.actions = actions;
    }

    /** The result, as the protocol wants it. */
    ObjectNode run(HeldWork work) {
        try {
            return switch (work.task()) {
                case "stage" -> stage(work);
                case "link" -> link(work);
                case "settle" -> settle(work);
                case "collect" -> collect(work);
                case "invoke" -> invoke(work);
                default -> throw TaskFailed.because("task_unknown",
                        "This worker cannot do '" + work.task() + "'",
                        "Update the worker", false);
            };
        } catch (WorkspaceRefusal refusal) {
            throw new TaskFailed(refusal.error());
        } catch (UncheckedIOException e) {
            throw away(e.getCause());
        } catch (IOException e) {
            throw TaskFailed.because("workspace_unwritable",
                    "The workspace of the node cannot be written (" + e.getMessage() + ")",
                    "Make room and check permissions there, then retry", true);
        }
    }

    private ObjectNode stage(HeldWork work) throws IOException {
        NodeFiles.Version version = NodeFiles.Version.of(work.args());
        String what = version.place().name() + ' ' + work.args().path("version").asText();
        files.stage(work.operation(), version, done -> {
            if (work.isStopped() || Thread.currentThread().isInterrupted()) {
                work.stop("the worker ends");
                work.check();
            }
            work.progress(done * FETCHED_PERCENT / 100,
                    done < 100 ? "Fetching " + what : "Unpacking " + what);
        });
        return WorkClient.JSON.createObjectNode()
                .put("content_digest", version.contentDigest());
    }

    private ObjectNode link(HeldWork work) throws IOException {
        return WorkClient.JSON.createObjectNode().put("content_digest",
                files.link(NodeFiles.placeOf(work.args())).orElse(null));
    }

    private ObjectNode settle(HeldWork work) throws IOException {
        files.deleteTemporary(work.operation());
        return link(work);
    }

    private ObjectNode collect(HeldWork work) throws IOException {
        files.collect(NodeFiles.placeOf(work.args()), work.args().path("keep"));
        return WorkClient.JSON.createObjectNode();
    }

    private ObjectNode invoke(HeldWork work) throws IOException {
        JsonNode value = actions.call(work);
        return WorkClient.JSON.createObjectNode().set("value", value);
    }

    private static TaskFailed away(IOException cause) {
        return TaskFailed.because("record_unreadable",
                "What is recorded for the node could not be read (" + cause.getMessage() + ")",
                "Retry", true);
    }
}
