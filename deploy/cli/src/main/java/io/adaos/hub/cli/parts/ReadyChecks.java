package io.adaos.hub.cli.parts;

import io.adaos.hub.cli.supervise.Readiness;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How each kind of process shows that it can serve. */
public final class ReadyChecks {
    private static final int TIMEOUT_MILLIS = 1_000;
    private static final int GREETING_BYTES_MAX = 4_096;
    private static final Pattern NATS_VERSION = Pattern.compile("\"version\":\"([^\"]+)\"");
    /** In {@code postmaster.pid}: the pid, and the state that the server writes for its tools. */
    private static final int PID_LINE = 0;
    private static final int STATE_LINE = 7;

    private ReadyChecks() {}

    /** {@code GET /readyz} answers 200. */
    public static boolean http(String baseUrl) {
        try {
            HttpURLConnection connection = (HttpURLConnection)
                    URI.create(baseUrl + "/readyz").toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            try {
                return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            return false;
        }
    }

    /** The server greets with {@code INFO}. */
    public static boolean nats(String host, int port) {
        return natsGreeting(host, port).isPresent();
    }

    /** The version that a NATS server names in its greeting. */
    public static Optional<String> natsVersion(String host, int port) {
        return natsGreeting(host, port)
                .map(NATS_VERSION::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1));
    }

    /** The server itself says so in its pid file; an open port alone may still be in recovery. */
    public static Readiness postgres(Path cluster) {
        return pid -> {
            try {
                List<String> lines = Files.readAllLines(cluster.resolve("postmaster.pid"));
                return lines.size() > STATE_LINE
                        && lines.get(PID_LINE).strip().equals(Long.toString(pid))
                        && lines.get(STATE_LINE).strip().equals("ready");
            } catch (IOException e) {
                return false;
            }
        };
    }

    private static Optional<String> natsGreeting(String host, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            byte[] greeting = new byte[GREETING_BYTES_MAX];
            int length = Math.max(0, socket.getInputStream().read(greeting));
            return Optional.of(new String(greeting, 0, length, StandardCharsets.UTF_8))
                    .filter(text -> text.startsWith("INFO "));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
