package io.adaos.hub.registry.actions.trust;

import com.fasterxml.jackson.databind.JsonNode;
import io.adaos.hub.registry.actions.signature.TrustedKey;
import io.adaos.hub.runtime.http.HubJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a list of trusted keys: {@code [{"kid", "alg", "public_key"}]}. What is wrong with an entry
 * leaves that entry out; what is wrong with the whole leaves all out. The last of a kid wins.
 */
final class TrustedKeysFile {

    private TrustedKeysFile() {
    }

    /** Keys by kid, and a line for each entry that was left out. */
    record Content(Map<String, TrustedKey> keys, List<String> faults) {
        Content {
            keys = Map.copyOf(keys);
            faults = List.copyOf(faults);
        }
    }

    static Content parse(String json) {
        JsonNode list;
        try {
            list = HubJson.mapper().readTree(json);
        } catch (IOException e) {
            return new Content(Map.of(), List.of("the list of trusted keys is not JSON"));
        }
        if (!list.isArray()) {
            return new Content(Map.of(), List.of("the list of trusted keys is not an array"));
        }
        Map<String, TrustedKey> keys = new LinkedHashMap<>();
        List<String> faults = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            JsonNode entry = list.get(i);
            Optional<TrustedKey> key = key(entry);
            Optional<String> fault = key.isEmpty()
                    ? Optional.of("kid, alg and public_key must all be texts")
                    : key.get().fault();
            if (fault.isPresent()) {
                faults.add("entry " + i + ": " + fault.get());
            } else {
                keys.put(key.get().kid(), key.get());
            }
        }
        return new Content(keys, faults);
    }

    private static Optional<TrustedKey> key(JsonNode entry) {
        String kid = entry.path("kid").textValue();
        String alg = entry.path("alg").textValue();
        String publicKey = entry.path("public_key").textValue();
        return kid == null || alg == null || publicKey == null
                ? Optional.empty() : Optional.of(new TrustedKey(kid, alg, publicKey));
    }
}
