package io.adaos.hub.bench.operations;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One kept connection that posts JSON and reads the status: no more than that, so that the cores
 * that the generator shares with the service are left to the service.
 */
final class PostConnection implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 30_000;
    private static final int LINE_MAX = 8_192;

    private final Socket socket;
    private final InputStream answers;
    private final String head;

    PostConnection(String url, String token) throws IOException {
        URI uri = URI.create(url);
        socket = new Socket(InetAddress.getByName(uri.getHost()), uri.getPort());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        answers = new BufferedInputStream(socket.getInputStream());
        head = "POST " + uri.getPath() + " HTTP/1.1\r\nHost: " + uri.getAuthority()
                + "\r\nAuthorization: Bearer " + token
                + "\r\nContent-Type: application/json\r\nIdempotency-Key: ";
    }

    /** The status of the answer, when all of it was read. */
    int post(String key, String body) throws IOException {
        socket.getOutputStream().write((head + key + "\r\nContent-Length: " + body.length()
                + "\r\n\r\n" + body).getBytes(StandardCharsets.US_ASCII));
        String status = line();
        int length = -1;
        for (String line = line(); !line.isEmpty(); line = line()) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
            }
        }
        if (length < 0) {
            throw new IOException("an answer without a length: " + status);
        }
        answers.skipNBytes(length);
        return Integer.parseInt(status.split(" ")[1]);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = answers.read(); c != '\n'; c = answers.read()) {
            if (c < 0 || line.length() > LINE_MAX) {
                throw new IOException("the connection ended within an answer");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
