package io.adaos.hub.runtime.security;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * API keys from a mounted file, read again when it changes; safe for many threads.
 *
 * <p>The file is looked at once a second at most. A file that is missing or faulty means that no
 * key is valid: on any doubt, deny.
 */
final class CredentialStore {

    private static final Logger LOG = Logger.getLogger(CredentialStore.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final int RAW_CHARS_MAX = 4096;

    private final Optional<Path> file;
    private final Clock clock;
    private final LongSupplier nanos;
    private volatile Loaded loaded;

    /** Keys expire by the clock; the file is looked at by nanos, which never go back. */
    CredentialStore(Optional<Path> file, Clock clock, LongSupplier nanos) {
        this.file = file;
        this.clock = clock;
        this.nanos = nanos;
        this.loaded = load(nanos.getAsLong());
    }

    /** What a look at the file found; {@code fault} is empty when the keys are in force. */
    private record Loaded(
            long lookedAt, String stamp, Map<String, ApiKey> keys, Optional<String> fault) {
    }

    /** What came of a raw key. */
    sealed interface Verdict {
        /** The key is known and valid. */
        record Accepted(Caller caller) implements Verdict {
        }

        /** It is not; the reason is a word for counters, never told apart to the client. */
        record Denied(String reason) implements Verdict {
        }
    }

    /** Judges a raw key as it came from outside. */
    Verdict judge(String raw) {
        Loaded now = current();
        if (now.fault().isPresent()) {
            return new Verdict.Denied("keys_unavailable");
        }
        if (raw.isEmpty() || raw.length() > RAW_CHARS_MAX) {
            return new Verdict.Denied("malformed");
        }
        String hash = sha256(raw);
        ApiKey key = now.keys().get(hash);
        if (key == null || !sameText(key.sha256(), hash)) {
            return new Verdict.Denied("unknown");
        }
        if (key.expiresAt() != null && !clock.instant().isBefore(key.expiresAt())) {
            return new Verdict.Denied("expired");
        }
        return new Verdict.Accepted(new Caller(key.subject(), Set.copyOf(key.scopes()),
                Optional.ofNullable(key.expiresAt())));
    }

    /** Why no key is valid at the moment, if so. */
    Optional<String> fault() {
        return current().fault();
    }

    int size() {
        return current().keys().size();
    }

    private Loaded current() {
        Loaded now = loaded;
        if (file.isPresent() && nanos.getAsLong() - now.lookedAt() >= LOOK_EVERY.toNanos()) {
            return look();
        }
        return now;
    }

    private synchronized Loaded look() {
        long at = nanos.getAsLong();
        if (at - loaded.lookedAt() < LOOK_EVERY.toNanos()) {
            return loaded;
        }
        loaded = stamp().equals(loaded.stamp()) && loaded.fault().isEmpty()
                ? new Loaded(at, loaded.stamp(), loaded.keys(), loaded.fault())
                : load(at);
        return loaded;
    }

    private Loaded load(long at) {
        if (file.isEmpty()) {
            return refused(at, "", "no keys file is configured: set HUB_KEYS_FILE");
        }
        String stamp = stamp();
        try {
            Map<String, ApiKey> keys = KeysFile.parse(Files.readAllBytes(file.get()));
            LOG.infof("event=keys_loaded count=%d", keys.size());
            return new Loaded(at, stamp, keys, Optional.empty());
        } catch (IOException e) {
            return refused(at, stamp, "the keys file cannot be used: " + firstLine(e));
        }
    }

    private Loaded refused(long at, String stamp, String fault) {
        if (loaded == null || !loaded.fault().equals(Optional.of(fault))) {
            LOG.errorf("event=keys_refused detail=\"%s\"; every credential is denied", fault);
        }
        return new Loaded(at, stamp, Map.of(), Optional.of(fault));
    }

    /** Changes whenever the file does, also when a link is moved to another file. */
    private String stamp() {
        try {
            BasicFileAttributes now =
                    Files.readAttributes(file.orElseThrow(), BasicFileAttributes.class);
            return now.lastModifiedTime() + " " + now.size() + " " + now.fileKey();
        } catch (IOException e) {
            return "missing";
        }
    }

    private static String firstLine(IOException e) {
        String text = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return text.lines().findFirst().orElse("");
    }

    private static boolean sameText(String left, String right) {
        return MessageDigest.isEqual(
                left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
    }

    private static String sha256(String raw) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(raw.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
