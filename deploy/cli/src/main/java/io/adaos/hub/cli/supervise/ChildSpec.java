package io.adaos.hub.cli.supervise;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everything needed to start one child, and to know again one that was started the same way.
 *
 * @param environment added to that of the supervisor
 * @param log gets both output streams
 */
public record ChildSpec(String name, List<String> command, Map<String, String> environment,
        Path workFolder, Path log, StopRule stop, Readiness readiness) {

    public ChildSpec {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /** Equal for two specs that start the same program in the same way. */
    public String fingerprint() {
        try {
            MessageDigest hash = MessageDigest.getInstance("SHA-256");
            String text = command + "\n" + new TreeMap<>(environment);
            return HexFormat.of().formatHex(hash.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
