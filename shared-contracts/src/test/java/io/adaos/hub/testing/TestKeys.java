package io.adaos.hub.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Raw keys for tests, and the keys file in which {@link HubTestResource} puts their hashes. */
public final class TestKeys {

    /** Subject {@code user:admin}, scope {@code admin}. */
    public static final String ADMIN = "test-admin-key-0123456789abcdef";
    /** Subject {@code user:pusher}, scope {@code catalog:push}. */
    public static final String PUSHER = "test-pusher-key-0123456789abcdef";
    /** Subject {@code user:runner}, scopes {@code operations:run} and {@code operations:read}. */
    public static final String RUNNER = "test-runner-key-0123456789abcdef";
    /** Subject {@code user:reader}, scope {@code webspace:desktop:read}. */
    public static final String READER = "test-reader-key-0123456789abcdef";
    /** Subject {@code skill:weather}, scope {@code projection:write}. */
    public static final String SKILL = "test-skill-key-0123456789abcdef";
    /** Subject {@code skill:clock}, scope {@code projection:write}. */
    public static final String OTHER_SKILL = "test-clock-skill-key-0123456789abcdef";
    /**
     * Subject {@code skill:painter}, scope {@code webspace:<id>:write} for {@code desktop} and
     * {@code raw-1} to {@code raw-64}; the next two are of other subjects.
     */
    public static final String RAW_SKILL = "test-raw-skill-key-0123456789abcdef";
    /** Subject {@code skill:sketcher}. */
    public static final String OTHER_RAW_SKILL = "test-raw-other-key-0123456789abcdef";
    /** Subject {@code user:painter}. */
    public static final String RAW_PERSON = "test-raw-person-key-0123456789abcdef";
    /** Subject {@code user:writer}, scope {@code projection:write}. */
    public static final String WRITER = "test-writer-key-0123456789abcdef";
    /** Subject {@code node:kitchen}, scope {@code projection:write}. */
    public static final String NODE = "test-node-key-0123456789abcdef";
    /**
     * Subject {@code node:kitchen}, scopes {@code work:action.invoke}, {@code work:skill.install}
     * and {@code operations:read}.
     */
    public static final String WORKER = "test-worker-key-0123456789abcdef";
    /** Subject {@code node:cellar}, scope {@code work:action.invoke}. */
    public static final String OTHER_WORKER = "test-cellar-worker-key-0123456789abcdef";
    /** Subject {@code service:test}, scopes {@code operations:run} and {@code operations:read}. */
    public static final String SERVICE = "test-service-key-0123456789abcdef";
    /** Subject {@code user:nobody}, no scope. */
    public static final String NOBODY = "test-nobody-key-0123456789abcdef";
    /** Subject {@code user:admin}, scope {@code admin}, but expired. */
    public static final String EXPIRED = "test-expired-key-0123456789abcdef";

    private static final String NEVER = "2999-01-01T00:00:00Z";

    private TestKeys() {
    }

    /** A keys file with all of these. */
    public static String file() {
        List<String> keys = List.of(
                key(ADMIN, "user:admin", NEVER, "admin"),
                key(PUSHER, "user:pusher", NEVER, "catalog:push"),
                key(RUNNER, "user:runner", NEVER, "operations:run", "operations:read"),
                key(READER, "user:reader", NEVER, "webspace:desktop:read"),
                key(SKILL, "skill:weather", NEVER, "projection:write"),
                key(OTHER_SKILL, "skill:clock", NEVER, "projection:write"),
                key(RAW_SKILL, "skill:painter", NEVER, rawScopes()),
                key(OTHER_RAW_SKILL, "skill:sketcher", NEVER, rawScopes()),
                key(RAW_PERSON, "user:painter", NEVER, rawScopes()),
                key(WRITER, "user:writer", NEVER, "projection:write"),
                key(NODE, "node:kitchen", NEVER, "projection:write"),
                key(WORKER, "node:kitchen", NEVER, "work:action.invoke", "work:skill.install",
                        "operations:read"),
                key(OTHER_WORKER, "node:cellar", NEVER, "work:action.invoke"),
                key(SERVICE, "service:test", NEVER, "operations:run", "operations:read"),
                key(NOBODY, "user:nobody", NEVER),
                key(EXPIRED, "user:admin", "2001-01-01T00:00:00Z", "admin"));
        return "{\"keys\":[" + String.join(",\n", keys) + "]}\n";
    }

    /** One line of a keys file. */
    public static String key(String raw, String subject, String expiresAt, String... scopes) {
        String quoted = Arrays.stream(scopes)
                .map(scope -> '"' + scope + '"')
                .collect(Collectors.joining(","));
        return """
                {"id":"%s","sha256":"%s","subject":"%s","scopes":[%s],"expires_at":"%s"}"""
                .formatted(raw.substring(0, 12), sha256(raw), subject, quoted, expiresAt);
    }

    private static String[] rawScopes() {
        return Stream.concat(Stream.of("desktop"),
                        IntStream.rangeClosed(1, 64).mapToObj(number -> "raw-" + number))
                .map(webspace -> "webspace:" + webspace + ":write").toArray(String[]::new);
    }

    /** Writes a text to a file that is deleted with the JVM. */
    static Path temporary(String prefix, String text) {
        try {
            Path file = Files.createTempFile(prefix, ".json");
            file.toFile().deleteOnExit();
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(String raw) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256")
                    .digest(raw.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
