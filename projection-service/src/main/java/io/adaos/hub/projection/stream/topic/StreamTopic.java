package io.adaos.hub.projection.stream.topic;

import io.adaos.hub.contracts.id.NodeId;
import io.adaos.hub.contracts.id.WebspaceId;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One stream of a webspace, or of one of its nodes.
 *
 * @param receiver as a manifest declares it, {@code weather.now}
 */
public record StreamTopic(WebspaceId webspace, Optional<NodeId> node, String receiver) {

    static final String PREFIX = "webio.stream.";
    static final String NODES = "nodes.";

    /** Begins the receivers that carry log lines of one operation; the core's own. */
    public static final String OPERATION_LOGS = "operations.log.";

    /** What a receiver looks like. */
    public static final Pattern RECEIVER = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.:@-]{0,159}");

    /** A node is one part of a topic, so its dots are written so; no id of a node holds this. */
    private static final String DOT = "=2E";

    public StreamTopic {
        if (!RECEIVER.matcher(receiver).matches()) {
            throw new IllegalArgumentException("a receiver matches " + RECEIVER);
        }
        if (receiver.startsWith(NODES)) {
            throw new IllegalArgumentException("'nodes.' begins the stream of a node");
        }
        if (ControlTopic.of(text(webspace, node, receiver)).isPresent()) {
            throw new IllegalArgumentException("this is the name of a topic of the core");
        }
    }

    /** The stream of a webspace itself. */
    public static StreamTopic of(WebspaceId webspace, String receiver) {
        return new StreamTopic(webspace, Optional.empty(), receiver);
    }

    /** The topic as it is on the wire. */
    public String text() {
        return text(webspace, node, receiver);
    }

    private static String text(WebspaceId webspace, Optional<NodeId> node, String receiver) {
        return PREFIX + webspace + '.' + node.map(StreamTopic::part).orElse("") + receiver;
    }

    /** How a node stands in a topic, with the dot behind it. */
    private static String part(NodeId node) {
        return NODES + node.value().replace(".", DOT) + '.';
    }

    /** The node whose part of a topic this is. */
    static NodeId node(String part) {
        return new NodeId(part.replace(DOT, "."));
    }
}
