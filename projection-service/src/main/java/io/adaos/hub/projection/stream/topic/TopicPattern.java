package io.adaos.hub.projection.stream.topic;

import io.adaos.hub.contracts.id.NodeId;
import io.adaos.hub.contracts.id.WebspaceId;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What somebody listens to: one stream, or all streams of a webspace that begin so.
 *
 * @param text in its plain form, without the star of an open one
 * @param isOpen whether more may follow
 * @param node the node, where the text names one
 * @param receiver what the text says behind webspace and node; of an open one its beginning
 */
public record TopicPattern(String text, boolean isOpen, WebspaceId webspace,
        Optional<NodeId> node, String receiver) {

    private static final int CHARS_MAX = 400;
    private static final char DOT = '.';
    private static final String ANY = "*";
    private static final Pattern BEGINNING = Pattern.compile("[A-Za-z0-9_.:@=-]{0,160}");

    /**
     * Reads a topic as a client wrote it.
     *
     * @throws IllegalArgumentException when it can be none, with the reason
     */
    public static TopicPattern parse(String topic) {
        if (topic.length() > CHARS_MAX || !topic.startsWith(StreamTopic.PREFIX)) {
            throw new IllegalArgumentException(
                    "topics are webio.stream.<webspace>.<receiver>, at most 400 characters");
        }
        boolean open = topic.endsWith(ANY);
        String named = topic.substring(StreamTopic.PREFIX.length(),
                topic.length() - (open ? ANY.length() : 0));
        int end = named.indexOf(DOT);
        if (end < 0) {
            throw new IllegalArgumentException("a topic names its webspace and a receiver");
        }
        WebspaceId webspace = WebspaceId.of(named.substring(0, end));
        String rest = named.substring(end + 1);
        int nodeEnd = rest.startsWith(StreamTopic.NODES)
                ? rest.indexOf(DOT, StreamTopic.NODES.length()) : -1;
        if (nodeEnd < 0) {
            return made(webspace, Optional.empty(), rest, open);
        }
        NodeId node = StreamTopic.node(rest.substring(StreamTopic.NODES.length(), nodeEnd));
        return made(webspace, Optional.of(node), rest.substring(nodeEnd + 1), open);
    }

    private static TopicPattern made(
            WebspaceId webspace, Optional<NodeId> node, String receiver, boolean open) {
        if (!open) {
            StreamTopic topic = new StreamTopic(webspace, node, receiver);
            return new TopicPattern(topic.text(), false, webspace, node, receiver);
        }
        if (!BEGINNING.matcher(receiver).matches()) {
            throw new IllegalArgumentException("a topic is open at its end only: one '*'");
        }
        String space = StreamTopic.PREFIX + webspace + DOT;
        String whole = node.map(id -> {
            String some = new StreamTopic(webspace, Optional.of(id), "x").text();
            return some.substring(0, some.length() - 1);
        }).orElse(space) + receiver;
        return new TopicPattern(whole, true, webspace, node, receiver);
    }

    /** The topic in its plain form, with the star of an open one. */
    public String wire() {
        return isOpen ? text + ANY : text;
    }

    /** The receiver, with the star of an open one. */
    public String wireReceiver() {
        return isOpen ? receiver + ANY : receiver;
    }

    /** The one stream it is, when it is one. */
    public Optional<StreamTopic> topic() {
        return isOpen ? Optional.empty()
                : Optional.of(new StreamTopic(webspace, node, receiver));
    }

    /** Whether messages of this topic are for who listens to it. */
    public boolean matches(String topic) {
        return isOpen ? topic.startsWith(text) : topic.equals(text);
    }

    /** Whether it and a declared receiver, which may end in a star, have a stream in common. */
    public boolean meets(String declared) {
        boolean declaredOpen = declared.endsWith(ANY);
        String begins = declaredOpen
                ? declared.substring(0, declared.length() - ANY.length()) : declared;
        if (isOpen && node.isEmpty() && StreamTopic.NODES.startsWith(receiver)
                || isOpen && node.isEmpty() && receiver.startsWith(StreamTopic.NODES)) {
            return true;
        }
        return declaredOpen && receiver.startsWith(begins)
                || isOpen && begins.startsWith(receiver)
                || begins.equals(receiver) && !declaredOpen;
    }
}
