package io.adaos.hub.registry.actions.trust;

import io.adaos.hub.registry.actions.signature.TrustedKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * The trusted keys an operator has configured: of the environment, else of a file that is read
 * again when it changes; safe for many threads.
 *
 * <p>The file is looked at once a second at most. One that is missing or faulty trusts nobody.
 */
public final class ConfiguredKeys {

    private static final Logger LOG = Logger.getLogger(ConfiguredKeys.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final long FILE_BYTES_MAX = 4 << 20;

    private final Optional<Path> file;
    private final LongSupplier nanos;
    private volatile Loaded loaded;

    /**
     * Keys of one of two sources.
     *
     * @param json the list itself; when it is there and not blank, the file is not looked at
     * @param nanos a clock that never goes back
     */
    public ConfiguredKeys(Optional<String> json, Optional<Path> file, LongSupplier nanos) {
        Optional<String> list = json.filter(text -> !text.isBlank());
        this.file = list.isPresent() ? Optional.empty() : file;
        this.nanos = nanos;
        this.loaded = list.isPresent()
                ? new Loaded(0, "", told(TrustedKeysFile.parse(list.get())))
                : load(nanos.getAsLong());
    }

    /** What a look at the file found. */
    private record Loaded(long lookedAt, String stamp, TrustedKeysFile.Content content) {
    }

    /** The key of this id. */
    public Optional<TrustedKey> find(String kid) {
        return Optional.ofNullable(current().content().keys().get(kid));
    }

    /** How many keys are in force. */
    public int size() {
        return current().content().keys().size();
    }

    /** What was left out, and why. */
    public List<String> faults() {
        return current().content().faults();
    }

    private Loaded current() {
        Loaded now = loaded;
        return file.isPresent() && nanos.getAsLong() - now.lookedAt() >= LOOK_EVERY.toNanos()
                ? look() : now;
    }

    private synchronized Loaded look() {
        long at = nanos.getAsLong();
        if (at - loaded.lookedAt() >= LOOK_EVERY.toNanos()) {
            loaded = stamp().equals(loaded.stamp())
                    ? new Loaded(at, loaded.stamp(), loaded.content()) : load(at);
        }
        return loaded;
    }

    private Loaded load(long at) {
        String stamp = stamp();
        return new Loaded(at, stamp, file.isEmpty() || stamp.isEmpty()
                ? new TrustedKeysFile.Content(Map.of(), List.of()) : told(read(file.get())));
    }

    private static TrustedKeysFile.Content read(Path file) {
        try {
            if (Files.size(file) > FILE_BYTES_MAX) {
                return new TrustedKeysFile.Content(Map.of(),
                        List.of("the file has more than " + FILE_BYTES_MAX + " bytes"));
            }
            return TrustedKeysFile.parse(Files.readString(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            return new TrustedKeysFile.Content(Map.of(), List.of("the file cannot be read"));
        }
    }

    private static TrustedKeysFile.Content told(TrustedKeysFile.Content content) {
        LOG.infof("event=trusted_keys_loaded count=%d", content.keys().size());
        content.faults().forEach(fault ->
                LOG.errorf("event=trusted_key_refused detail=\"%s\"", fault));
        return content;
    }

    /** Changes whenever the file does; empty while there is none. */
    private String stamp() {
        if (file.isEmpty()) {
            return "";
        }
        try {
            BasicFileAttributes now = Files.readAttributes(file.get(), BasicFileAttributes.class);
            return now.lastModifiedTime() + " " + now.size() + " " + now.fileKey();
        } catch (IOException e) {
            return "";
        }
    }
}
