package io.adaos.hub.projection.stream.publish;

import io.adaos.hub.contracts.id.ArtifactRef;
import io.adaos.hub.contracts.rules.DataRoute;
import io.adaos.hub.contracts.rules.DeclaredRules;
import io.adaos.hub.projection.rules.RuleBook;
import io.adaos.hub.projection.rules.RuleLayer;
import io.adaos.hub.projection.stream.topic.SnapshotPolicy;
import io.adaos.hub.projection.stream.topic.StreamPolicy;
import io.adaos.hub.projection.stream.topic.StreamTopic;
import io.adaos.hub.projection.stream.topic.TopicPattern;
import io.adaos.hub.projection.write.ingress.Writer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds who declares a stream, by a data route of kind stream, and what it may carry. */
public final class StreamRules {

    private static final String STREAM = "stream";
    private static final String SKILL = "skill";
    private static final String ANY = "*";

    private StreamRules() {
    }

    /** What is declared about a receiver. */
    sealed interface Declared {

        /** The writer may publish it so. */
        record Mine(StreamPolicy policy) implements Declared {
        }

        /** It is another artifact's. */
        record Others(ArtifactRef owner) implements Declared {
        }

        /** No artifact that counts in the webspace declares it. */
        record Nobody() implements Declared {
        }

        /** Not all rules are known yet. */
        record Unknown(String detail) implements Declared {
        }
    }

    /** A skill publishes what it declares itself, and what the active scenario declares. */
    static Declared find(RuleBook book, StreamTopic topic, Writer writer) {
        if (!book.isComplete()) {
            return new Declared.Unknown("The rules of installed artifacts are being loaded");
        }
        List<RuleLayer> declaring = book.layersIn(topic.webspace()).stream()
                .filter(layer -> policy(layer.rules(), topic.receiver()).isPresent()).toList();
        Optional<RuleLayer> mine = declaring.stream()
                .filter(layer -> isOf(layer, writer)).findFirst();
        if (mine.isPresent()) {
            return new Declared.Mine(
                    policy(mine.get().rules(), topic.receiver()).orElseThrow());
        }
        if (!declaring.isEmpty()) {
            return new Declared.Others(declaring.get(0).owner());
        }
        return book.pending().isEmpty() ? new Declared.Nobody() : new Declared.Unknown(
                "The rules of " + book.pending().iterator().next() + " are being loaded");
    }

    /** What who listens to a stream is told of what was published before. */
    public static SnapshotPolicy snapshots(RuleBook book, StreamTopic topic) {
        return book.layersIn(topic.webspace()).stream()
                .flatMap(layer -> policy(layer.rules(), topic.receiver()).stream())
                .findFirst().map(StreamPolicy::snapshots).orElse(SnapshotPolicy.WHEN_MISSING);
    }

    /** Whether a writer may publish streams that somebody wants. */
    public static boolean serves(RuleBook book, Writer writer, TopicPattern wanted) {
        return writer.isTrusted() || book.layersIn(wanted.webspace()).stream()
                .filter(layer -> isOf(layer, writer))
                .flatMap(layer -> receivers(layer.rules()))
                .anyMatch(wanted::meets);
    }

    private static boolean isOf(RuleLayer layer, Writer writer) {
        if (writer.isTrusted()) {
            return true;
        }
        return writer.skill().filter(skill -> !layer.owner().kind().equals(SKILL)
                || layer.owner().equals(skill)).isPresent();
    }

    private static Optional<StreamPolicy> policy(DeclaredRules rules, String receiver) {
        return rules.routes().stream()
                .filter(route -> route.route().equals(STREAM)
                        && route.receiver().filter(name -> names(name, receiver)).isPresent())
                .findFirst().map(DataRoute::budget).map(StreamPolicy::of);
    }

    private static Stream<String> receivers(DeclaredRules rules) {
        return rules.routes().stream().filter(route -> route.route().equals(STREAM))
                .flatMap(route -> route.receiver().stream());
    }

    private static boolean names(String declared, String receiver) {
        return declared.endsWith(ANY)
                ? receiver.startsWith(declared.substring(0, declared.length() - ANY.length()))
                : receiver.equals(declared);
    }
}
