package io.adaos.hub.operations.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.adaos.hub.runtime.archive.ArchiveLimits;
import io.adaos.hub.runtime.archive.ArchiveReader;
import io.adaos.hub.runtime.archive.ArchiveSink;
import io.adaos.hub.runtime.http.HubJson;
import io.adaos.hub.testing.TestArchives;
import io.adaos.hub.testing.TestKeys;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A registry over real HTTP: serves entries and blobs, and can misbehave on demand. */
public final class TestRegistry implements AutoCloseable {

    private final HttpServer server;
    private final Map<String, byte[]> bodies = new ConcurrentHashMap<>();
    private volatile int brokenStatus;
    private volatile CountDownLatch gate = new CountDownLatch(0);

    private TestRegistry(HttpServer server) {
        this.server = server;
    }

    /** Starts on a free port. */
    public static TestRegistry start() {
        try {
            HttpServer server = HttpServer.create(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
            TestRegistry registry = new TestRegistry(server);
            server.createContext("/", registry::answer);
            server.setExecutor(Executors.newCachedThreadPool(task -> {
                Thread thread = new Thread(task, "test-registry");
                thread.setDaemon(true);
                return thread;
            }));
            server.start();
            return registry;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Publishes a well-made artifact and answers its content digest. */
    public String publish(String kind, String name, String version) {
        Map<String, String> files = new LinkedHashMap<>();
        files.put(name + '/' + kind + ".yaml",
                "name: " + name + "\nversion: " + version + "\n");
        files.put(name + "/handlers/main.py", "print('" + name + ' ' + version + "')\n");
        return publish(kind, name, version, TestArchives.zip(files));
    }

    /** Publishes any readable archive under its true digests. */
    public String publish(String kind, String name, String version, byte[] archive) {
        String content = contentDigest(archive);
        publish(kind, entry(name, version, sha256(archive), content), archive);
        return content;
    }

    /** Publishes whatever the entry claims. */
    public void publish(String kind, Map<String, Object> entry, byte[] archive) {
        String base = "/v1/" + kind + "s/" + entry.get("id");
        byte[] body = json(entry);
        bodies.put("/v1/blobs/" + entry.get("digest"), archive);
        bodies.put(base + "/versions/" + entry.get("version"), body);
        bodies.put(base, body);
    }

    /** Takes every version of an artifact away again. */
    public void withdraw(String kind, String id) {
        String base = "/v1/" + kind + "s/" + id;
        bodies.keySet().removeIf(path -> path.equals(base) || path.startsWith(base + '/'));
    }

    /** An entry as the registry answers it. */
    public static Map<String, Object> entry(
            String name, String version, String digest, String contentDigest) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("kind", "skill");
        entry.put("id", name);
        entry.put("name", name);
        entry.put("version", version);
        entry.put("revision", 1);
        entry.put("digest", digest);
        entry.put("content_digest", contentDigest);
        return entry;
    }

    /** Answers for projection-service, too: the version that is linked in a workspace is loaded. */
    void loadsRulesOf(Path root) {
        server.createContext("/v1/projections/rules/", exchange -> {
            String[] path = exchange.getRequestURI().getPath().split("/");
            Path manifest = root.resolve(path[4] + 's').resolve(path[5])
                    .resolve(path[4] + ".yaml");
            byte[] body = Files.exists(manifest) ? json(Map.of("version",
                    Files.readString(manifest).replaceAll("(?s).*version: (\\S+).*", "$1")))
                    : new byte[0];
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(body.length == 0 ? 404 : 200,
                    body.length == 0 ? -1 : body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        });
    }

    /** From now on every request gets this status; 0 ends it. */
    public void breakWith(int status) {
        brokenStatus = status;
    }

    /** Blobs are held back until the latch is at zero. */
    public void holdBlobs(CountDownLatch latch) {
        gate = latch;
    }

    /** {@code sha256:<hex>} of bytes. */
    public static String sha256(byte[] bytes) {
        try {
            return "sha256:" + HexFormat.of().formatHex(
                    MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The content digest of a readable archive. */
    public static String contentDigest(byte[] archive) {
        try {
            Path file = Files.createTempFile("archive", ".bin");
            Files.write(file, archive);
            String digest = new ArchiveReader(ArchiveLimits.DEFAULT)
                    .read(file, ArchiveSink.NOWHERE).contentDigest();
            Files.delete(file);
            return digest;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        String path = exchange.getRequestURI().getPath();
        boolean isBlob = path.startsWith("/v1/blobs/");
        if (isBlob) {
            await(gate);
        }
        byte[] body = bodies.get(path);
        boolean known = ("Bearer " + TestKeys.SERVICE)
                .equals(exchange.getRequestHeaders().getFirst("Authorization"));
        int status = brokenStatus != 0 ? brokenStatus
                : isBlob && !known ? 401 : body == null ? 404 : 200;
        exchange.getResponseHeaders().set("Content-Type",
                isBlob ? "application/octet-stream" : "application/json");
        exchange.sendResponseHeaders(status, status == 200 ? body.length : -1);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(status == 200 ? body : new byte[0]);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static byte[] json(Map<String, Object> entry) {
        try {
            return HubJson.mapper().writeValueAsBytes(entry);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
