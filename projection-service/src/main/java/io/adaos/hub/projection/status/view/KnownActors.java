package io.adaos.hub.projection.status.view;

import io.adaos.hub.contracts.status.Connectivity;
import io.adaos.hub.contracts.status.WireWord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads from a document which nodes it names; what is not of the form is passed over. */
public final class KnownActors {

    private KnownActors() {
    }

    /** The actors in {@code runtime/status/connectivity}. */
    public static List<Connectivity> in(Map<String, Object> document) {
        List<Connectivity> known = new ArrayList<>();
        if (document.get("runtime") instanceof Map<?, ?> runtime
                && runtime.get("status") instanceof Map<?, ?> status
                && status.get("connectivity") instanceof Map<?, ?> links) {
            links.forEach((key, value) -> actor(String.valueOf(key), value).ifPresent(known::add));
        }
        return known;
    }

    private static Optional<Connectivity> actor(String key, Object value) {
        int slash = key.indexOf('/');
        if (slash < 1 || slash == key.length() - 1 || !(value instanceof Map<?, ?> words)) {
            return Optional.empty();
        }
        return word(Connectivity.Kind.values(), key.substring(0, slash)).flatMap(kind ->
                word(Connectivity.Transport.values(), words.get("transport_state"))
                        .flatMap(transport ->
                                word(Connectivity.Transition.values(),
                                        words.get("transition_state"))
                                        .map(transition -> new Connectivity(kind,
                                                key.substring(slash + 1), transport, transition,
                                                Connectivity.PlannedTransition.NONE, List.of(),
                                                null))));
    }

    private static <W extends WireWord> Optional<W> word(W[] words, Object wanted) {
        for (W word : words) {
            if (word.wire().equals(wanted)) {
                return Optional.of(word);
            }
        }
        return Optional.empty();
    }
}
