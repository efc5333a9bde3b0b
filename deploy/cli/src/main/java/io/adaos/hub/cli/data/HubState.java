package io.adaos.hub.cli.data;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a running supervisor tells other commands about itself, in {@code run/hub.state}.
 *
 * @param own the processes it runs itself; NATS and PostgreSQL may be somebody else's
 */
public record HubState(long pid, Phase phase, HubAddress address, long readySeconds,
        Set<HubPart> own) {

    public HubState {
        own = own.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(own));
    }

    /** How far the hub has come. */
    public enum Phase { STARTING, READY, STOPPING }

    public HubState in(Phase next) {
        return new HubState(pid, next, address, readySeconds, own);
    }

    public HubState readyAfter(long seconds) {
        return new HubState(pid, Phase.READY, address, seconds, own);
    }

    public void write(DataFolder data) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("pid", Long.toString(pid));
        properties.setProperty("phase", phase.name());
        properties.setProperty("host", address.host());
        properties.setProperty("port_base", Integer.toString(address.portBase()));
        properties.setProperty("ready_seconds", Long.toString(readySeconds));
        properties.setProperty("own", own.stream()
                .map(HubPart::name).collect(Collectors.joining(",")));
        StringWriter text = new StringWriter();
        properties.store(text, null);
        Path whole = data.run().resolve("hub.state.new");
        Files.writeString(whole, text.toString());
        Files.move(whole, file(data), StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    /** The last written state; empty when there is none or it cannot be understood. */
    public static Optional<HubState> read(DataFolder data) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(Files.readString(file(data))));
            HubAddress address = new HubAddress(properties.getProperty("host", ""),
                    Integer.parseInt(properties.getProperty("port_base", "")));
            return Optional.of(new HubState(
                    Long.parseLong(properties.getProperty("pid", "")),
                    Phase.valueOf(properties.getProperty("phase", "")), address,
                    Long.parseLong(properties.getProperty("ready_seconds", "")),
                    parts(properties.getProperty("own", ""))));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            // Written by another version or damaged: as good as absent, the next start rewrites it.
            return Optional.empty();
        }
    }

    public static void delete(DataFolder data) throws IOException {
        Files.deleteIfExists(file(data));
    }

    private static Set<HubPart> parts(String names) {
        return names.isEmpty() ? Set.of()
                : Arrays.stream(names.split(",")).map(HubPart::valueOf)
                        .collect(Collectors.toSet());
    }

    private static Path file(DataFolder data) {
        return data.run().resolve("hub.state");
    }
}
