package io.adaos.hub.projection.governance.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import io.adaos.hub.projection.gateway.TestSocket;
import io.adaos.hub.testing.TestKeys;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The running service, written to by raw updates; one that is cut off comes back. */
final class SocketTarget extends ServiceTarget {

    /** Branches that are there before anybody writes below them. */
    private static final List<String> BRANCHES = List.of("data/weather", "data/notes",
            "data/other", "data/desktop/installed", "runtime/skills/clock",
            "runtime/operations/by_id");

    private final URI server;
    private final String token;
    private final Map<String, String> sent = new HashMap<>();
    private TestSocket socket;

    SocketTarget(URI server, String webspace, boolean isPerson) {
        super(server, webspace, isPerson ? "user:painter" : "skill:painter");
        this.server = server;
        this.token = isPerson ? TestKeys.RAW_PERSON : TestKeys.RAW_SKILL;
        TestSocket operator = connect(TestKeys.ADMIN);
        BRANCHES.forEach(branch -> operator.putAt(branch + "/there", "yes"));
        for (int i = 0; i < 100 && state(webspace).at(
                "/document/runtime/operations/by_id/there").isMissingNode(); i++) {
            pass(50);
        }
        operator.close();
        this.socket = connected();
    }

    private TestSocket connect(String as) {
        return TestSocket.open(server, "/yws/" + webspace() + "?token=" + as).ask();
    }

    /** A client that has heard what is there. */
    private TestSocket connected() {
        TestSocket fresh = connect(token);
        for (int i = 0; i < 100 && fresh.data("weather") == null; i++) {
            pass(20);
        }
        return fresh;
    }

    @Override
    List<Answer> write(List<WritePattern.Write> writes) {
        List<Answer> answers = new ArrayList<>();
        for (WritePattern.Write write : writes) {
            if (!socket.isOpen()) {
                socket = connected();
            }
            String path = write.path().contains("/") ? write.path() : write.path() + "/whole";
            sent.put(write.path(), write.content());
            socket.trySend(path, write.content()
                    + " ".repeat((int) Math.max(0, write.bytes() - write.content().length())));
            answers.add(new Answer("sent", ""));
        }
        return answers;
    }

    @Override
    public Map<String, String> document() {
        JsonNode document = state(webspace()).get("document");
        Map<String, String> shown = new HashMap<>();
        sent.keySet().forEach(path -> {
            JsonNode value = document.at("/" + path + (path.contains("/") ? "" : "/whole"));
            if (value.isTextual()) {
                shown.put(path, value.asText().strip());
            }
        });
        return shown;
    }

    /** Whether the connection was never ended. */
    boolean isConnected() {
        return socket.isOpen();
    }

    /** The last content sent to each path. */
    Map<String, String> sent() {
        return sent;
    }
}
