package io.adaos.hub.projection.gateway.channel;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.adaos.hub.projection.crdt.Doc;
import io.adaos.hub.projection.crdt.sync.SyncProtocol;
import io.adaos.hub.projection.crdt.sync.SyncStep2;
import io.adaos.hub.projection.crdt.sync.SyncUpdate;
import io.adaos.hub.projection.operationview.OperationsUpstream;
import io.adaos.hub.testing.HubTestResource;
import io.adaos.hub.testing.TestKeys;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;

/** Ready frames go through the whole pipeline of a connection, so what it encrypts stays so. */
@QuarkusTest
@TestProfile(TlsSocketQuarkusTest.WithTls.class)
@QuarkusTestResource(HubTestResource.class)
@QuarkusTestResource(OperationsUpstream.class)
class TlsSocketQuarkusTest {

    private static final String PASSWORD = "a key that protects nothing";

    @TestHTTPResource(value = "/", tls = true)
    URI server;

    /** The service with a certificate of its own making. */
    public static final class WithTls implements QuarkusTestProfile {

        private static final Path KEYS = make();

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.http.ssl.certificate.key-store-file", KEYS.toString(),
                    "quarkus.http.ssl.certificate.key-store-password", PASSWORD,
                    "quarkus.http.test-ssl-port", "0");
        }

        private static Path make() {
            try {
                Path keys = Files.createTempDirectory("hub-tls").resolve("keys.p12");
                Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                        "-genkeypair", "-keyalg", "EC", "-storetype", "PKCS12", "-keystore",
                        keys.toString(), "-storepass", PASSWORD, "-dname", "CN=localhost",
                        "-ext", "san=dns:localhost,ip:127.0.0.1", "-validity", "2")
                        .inheritIO().start();
                assertEquals(0, keytool.waitFor());
                return keys;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
    }

    @Test
    void frames_overTls_bringTheDocument() throws Exception {
        // Given
        List<byte[]> frames = new CopyOnWriteArrayList<>();
        WebSocket socket = HttpClient.newBuilder().sslContext(trust()).build()
                .newWebSocketBuilder().buildAsync(URI.create("wss://" + server.getAuthority()
                        + "/yws/encrypted?token=" + TestKeys.ADMIN), new Frames(frames))
                .orTimeout(30, TimeUnit.SECONDS).join();
        Doc mine = new Doc(4_100_000_001L);
        String large = "x".repeat(300_000);
        byte[] update = mine.transact("test", tx -> mine.getMap("data").set(tx, "a", large));

        // When
        socket.sendBinary(ByteBuffer.wrap(SyncProtocol.encode(new SyncUpdate(update))), true)
                .join();
        await().until(() -> ofType(2, frames).isPresent());
        socket.sendBinary(ByteBuffer.wrap(new byte[] {0, 0, 1, 0}), true).join();
        await().until(() -> ofType(1, frames).isPresent());

        // Then
        SyncUpdate told = (SyncUpdate) SyncProtocol.decode(ofType(2, frames).orElseThrow());
        SyncStep2 whole = (SyncStep2) SyncProtocol.decode(ofType(1, frames).orElseThrow());
        for (byte[] each : List.of(told.update(), whole.update())) {
            Doc theirs = new Doc(1);
            theirs.apply(each, "test");
            assertEquals(large, theirs.getMap("data").get("a"));
        }
        socket.abort();
    }

    /** The first sync message of this kind. */
    private static Optional<byte[]> ofType(int kind, List<byte[]> frames) {
        return frames.stream().filter(frame -> frame[0] == 0 && frame[1] == kind).findFirst();
    }

    private static SSLContext trust() throws GeneralSecurityException, IOException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(WithTls.KEYS)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("hub", keys.getCertificate("mykey"));
        TrustManagerFactory managers = TrustManagerFactory.getInstance(
                TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    /** Collects whole messages. */
    private static final class Frames implements WebSocket.Listener {

        private final List<byte[]> heard;
        private final ByteArrayOutputStream partial = new ByteArrayOutputStream();

        Frames(List<byte[]> heard) {
            this.heard = heard;
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket from, ByteBuffer bytes, boolean last) {
            byte[] part = new byte[bytes.remaining()];
            bytes.get(part);
            partial.writeBytes(part);
            if (last) {
                heard.add(partial.toByteArray());
                partial.reset();
            }
            from.request(1);
            return null;
        }
    }
}
