package io.adaos.hub.registry.upload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.registry.LargeUpload;
import io.adaos.hub.registry.StoredRows;
import io.adaos.hub.testing.HubTestResource;
import io.adaos.hub.testing.TestKeys;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bodies that do not say how long they are, and are too long. */
@QuarkusTest
@QuarkusTestResource(HubTestResource.class)
class LongBodyQuarkusTest {

    private static final int CHUNK_BYTES = 1 << 16;
    private static final long SENT_BYTES_MAX = 1L << 30;

    @Inject
    StoredRows stored;

    @ConfigProperty(name = "quarkus.http.limits.max-body-size")
    MemorySize bodySizeMax;

    @ConfigProperty(name = "quarkus.http.body.uploads-directory")
    Path uploads;

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "skills,    multipart/form-data; boundary=x, payload_too_large",
        "scenarios, multipart/form-data; boundary=x, payload_too_large",
        "skills,    application/json,                payload_too_large",
        "scenarios, application/json;a=archive,      archive_too_large"})
    void tooLongBody_isAnsweredWithAProblem_thatAClientReads(
            String kinds, String type, String code) throws Exception {
        // Given
        String before = stored.counts();

        // When
        HttpResponse<String> answer =
                LargeUpload.sendChunks(kinds, type, () -> tooLong(head(type), filler(type)));

        // Then
        assertEquals(413, answer.statusCode());
        JsonPath problem = problem(answer.headers().firstValue("Content-Type").orElse("none"),
                answer.body());
        assertEquals(code, problem.get("code"), answer.body());
        assertEquals("close", answer.headers().firstValue("Connection").orElse("none"));
        assertEquals(before, stored.counts());
    }

    @Test
    void endlessForm_isAnswered_storesNoMoreThanTheLimit_andIsCutOff() throws Exception {
        // Given
        long onDisk = 0;
        long sent = 0;
        byte[] chunk = chunk(new byte[CHUNK_BYTES]);
        try (Socket socket = new Socket("127.0.0.1", RestAssured.port)) {
            socket.setSoTimeout(30_000);
            OutputStream out = socket.getOutputStream();
            out.write(requestHead().getBytes(StandardCharsets.UTF_8));
            out.write(chunk(LargeUpload.FORM_HEAD.getBytes(StandardCharsets.UTF_8)));

            // When
            while (socket.getInputStream().available() == 0 && sent < SENT_BYTES_MAX) {
                out.write(chunk);
                sent += CHUNK_BYTES;
                onDisk = Math.max(onDisk, bytesStored());
            }
            String answer = new String(
                    socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            // Then
            assertTrue(answer.startsWith("HTTP/1.1 413 "), answer);
            int body = answer.indexOf("\r\n\r\n") + 4;
            assertEquals("payload_too_large",
                    problem(answer.substring(0, body), answer.substring(body)).get("code"));
        }
        assertTrue(onDisk > 0 && onDisk <= bodySizeMax.asLongValue(), onDisk + " bytes stored");
        Awaitility.await().until(() -> bytesStored() == 0);
    }

    private static String requestHead() {
        return String.join("\r\n", List.of("POST /v1/skills HTTP/1.1", "Host: 127.0.0.1",
                "Authorization: Bearer " + TestKeys.PUSHER,
                "Content-Type: " + LargeUpload.FORM_TYPE, "Transfer-Encoding: chunked", "", ""));
    }

    private static byte[] chunk(byte[] bytes) throws IOException {
        ByteArrayOutputStream chunk = new ByteArrayOutputStream();
        chunk.write((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.UTF_8));
        chunk.write(bytes);
        chunk.write("\r\n".getBytes(StandardCharsets.UTF_8));
        return chunk.toByteArray();
    }

    private JsonPath problem(String type, String body) {
        assertTrue(type.contains("application/problem+json"), type + body);
        JsonPath problem = new JsonPath(body);
        assertEquals(413, problem.getInt("status"));
        assertTrue(problem.getString("detail").matches(".*\\d{8} bytes.*"), body);
        assertTrue(!problem.getString("remedy").isBlank(), body);
        return problem;
    }

    private static String head(String type) {
        if (type.equals(LargeUpload.FORM_TYPE)) {
            return LargeUpload.FORM_HEAD;
        }
        return type.endsWith("archive") ? "{\"archive_b64\":\"" : "";
    }

    /** JSON that has not begun yet is all space. */
    private static char filler(String type) {
        return type.equals("application/json") ? ' ' : 'A';
    }

    private InputStream tooLong(String head, char filler) {
        long bytes = bodySizeMax.asLongValue() + (16 << 20);
        return new SequenceInputStream(
                new ByteArrayInputStream(head.getBytes(StandardCharsets.UTF_8)),
                new InputStream() {
                    private long left = bytes;

                    @Override
                    public int read() {
                        return left-- > 0 ? filler : -1;
                    }
                });
    }

    /** Of files only that a later process would know as left behind. */
    private long bytesStored() throws IOException {
        long bytes = 0;
        try (Stream<Path> files = Files.list(uploads)) {
            for (Path file : files.toList()) {
                bytes += UploadFolder.isUpload(file) ? file.toFile().length() : 0;
            }
        }
        return bytes;
    }
}
