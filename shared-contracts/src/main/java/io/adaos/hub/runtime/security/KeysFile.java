package io.adaos.hub.runtime.security;

import io.adaos.hub.runtime.http.HubJson;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads a keys file; any fault refuses the whole file, as half a list of keys is a trap. */
final class KeysFile {

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern SUBJECT =
            Pattern.compile("(user|skill|node|service):[A-Za-z0-9][A-Za-z0-9._@-]{0,127}");
    private static final Pattern SCOPE = Pattern.compile("[a-z_]+(:[A-Za-z0-9._-]+){0,2}");

    private KeysFile() {
    }

    /** The file as it stands in JSON. */
    @RegisterForReflection
    record Content(List<ApiKey> keys) {
    }

    /** Keys by hash. */
    static Map<String, ApiKey> parse(byte[] json) throws IOException {
        Content content = HubJson.mapper().readValue(json, Content.class);
        if (content == null || content.keys() == null) {
            throw new IOException("no member 'keys'");
        }
        Map<String, ApiKey> byHash = new HashMap<>();
        for (ApiKey key : content.keys()) {
            check(key);
            if (byHash.put(key.sha256(), key) != null) {
                throw new IOException("two keys have the hash of '" + key.id() + "'");
            }
        }
        return Map.copyOf(byHash);
    }

    private static void check(ApiKey key) throws IOException {
        if (key == null || key.id() == null || key.id().isBlank()) {
            throw new IOException("a key has no id");
        }
        if (key.sha256() == null || !HASH.matcher(key.sha256()).matches()) {
            throw new IOException("key '" + key.id() + "': sha256 is not 64 lower-case hex digits");
        }
        if (key.subject() == null || !SUBJECT.matcher(key.subject()).matches()) {
            throw new IOException("key '" + key.id() + "': subject must match " + SUBJECT);
        }
        if (key.scopes() == null) {
            throw new IOException("key '" + key.id() + "': no scopes");
        }
        for (String scope : key.scopes()) {
            if (scope == null || !SCOPE.matcher(scope).matches()) {
                throw new IOException("key '" + key.id() + "': not a scope: " + scope);
            }
        }
    }
}
