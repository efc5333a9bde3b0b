package io.adaos.hub.cli.data;

import io.adaos.hub.cli.CommandFailed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The API keys of a local hub: the raw ones in files of their own, their SHA-256 in
 * {@code keys.json}, which is all the services that check them ever see.
 */
public final class HubKeys {
    public static final String ADMIN_TOKEN = "admin.token";
    public static final String SESSION_TOKEN = "session.token";
    static final String KEYS_FILE = "keys.json";
    private static final int TOKEN_LENGTH_MIN = 16;
    private static final String NODE_PREFIX = "node-";
    private static final String NODE_SUFFIX = ".key";
    /** All work that a worker can do, and reading what is recorded for its node. */
    private static final List<String> NODE_SCOPES = List.of("work:skill.install",
            "work:skill.update", "work:skill.uninstall", "work:scenario.install",
            "work:scenario.update", "work:scenario.uninstall", "work:action.invoke",
            "operations:read");

    private final SecretFiles secrets;

    public HubKeys(SecretFiles secrets) {
        this.secrets = secrets;
    }

    /**
     * Makes what is missing and writes {@code keys.json}.
     *
     * @param adminToken what {@code HUB_TOKEN} says; absent: the kept or a new one
     */
    public void prepare(Optional<String> adminToken) throws IOException {
        if (adminToken.isPresent()) {
            secrets.write(ADMIN_TOKEN, checked(adminToken.get()));
        }
        List<Key> keys = new ArrayList<>();
        keys.add(new Key("admin", secrets.readOrGenerate(ADMIN_TOKEN),
                "user:admin", List.of("admin")));
        keys.add(new Key("session", secrets.readOrGenerate(SESSION_TOKEN), "user:session",
                List.of("webspace:desktop:read", "operations:run", "operations:read")));
        for (HubPart service : HubPart.services()) {
            keys.add(new Key(service.processName(), secrets.readOrGenerate(fileName(service)),
                    subject(service), scopes(service)));
        }
        for (String node : secrets.named(NODE_PREFIX, NODE_SUFFIX)) {
            keys.add(new Key("node-" + node, secrets.read(NODE_PREFIX + node + NODE_SUFFIX),
                    "node:" + node, NODE_SCOPES));
        }
        secrets.write(KEYS_FILE, keys.stream().map(Key::json)
                .collect(Collectors.joining(",\n  ", "{\"keys\":[\n  ", "\n]}\n")));
    }

    /** The key of a node's worker; services know it after the next {@link #prepare}. */
    public String nodeKey(String node) throws IOException {
        return secrets.readOrGenerate(NODE_PREFIX + node + NODE_SUFFIX);
    }

    public Path keysFile() {
        return secrets.file(KEYS_FILE);
    }

    /** The file with the key by which this service calls the others. */
    public Path serviceKeyFile(HubPart service) {
        return secrets.file(fileName(service));
    }

    private static String fileName(HubPart service) {
        return service.processName() + ".key";
    }

    private static String subject(HubPart service) {
        return switch (service) {
            case REGISTRY -> "service:registry";
            case MARKETPLACE -> "service:marketplace";
            case OPERATIONS -> "service:operations";
            case PROJECTION -> "service:projection";
            case NATS, POSTGRES -> throw new IllegalArgumentException(service + " has no key");
        };
    }

    private static List<String> scopes(HubPart service) {
        return switch (service) {
            case MARKETPLACE, PROJECTION -> List.of("operations:read");
            case OPERATIONS -> List.of("operations:run", "operations:read");
            case REGISTRY, NATS, POSTGRES -> List.of();
        };
    }

    private static String checked(String token) {
        String text = token.strip();
        if (text.length() < TOKEN_LENGTH_MIN || !text.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw CommandFailed.usage("HUB_TOKEN is not a usable admin token: it needs at least "
                            + TOKEN_LENGTH_MIN + " printable ASCII characters and no blank",
                    "set a random one, for example: HUB_TOKEN=$(openssl rand -hex 24)",
                    "unset HUB_TOKEN: one is made and kept in the data folder");
        }
        return text;
    }

    /** One line of the keys file. Subjects and scopes are our own words: nothing to escape. */
    private record Key(String id, String raw, String subject, List<String> scopes) {

        String json() {
            String quotedScopes = scopes.stream()
                    .map(scope -> '"' + scope + '"')
                    .collect(Collectors.joining(","));
            return "{\"id\":\"" + id + "\",\"sha256\":\"" + sha256(raw) + "\",\"subject\":\""
                    + subject + "\",\"scopes\":[" + quotedScopes + "]}";
        }
    }

    private static String sha256(String raw) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(raw.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
