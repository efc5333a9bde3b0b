package io.adaos.hub.registry.push;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonPushReaderTest {

    @TempDir
    Path directory;

    @Test
    void unknownMembers_overTheLimit_areRefused() {
        // Given
        StringBuilder body = new StringBuilder("{\"archive_b64\":\"\"");
        for (int i = 0; i < 32; i++) {
            body.append(",\"m").append(i).append("\":0");
        }

        // When
        HubException refusal =
                assertThrows(HubException.class, () -> reader().read(stream(body + "}")));

        // Then
        assertEquals(HubErrorCode.BODY_INVALID, refusal.code());
        assertTrue(refusal.getMessage().contains("32"), refusal.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "signature", "name"})
    void values_ofMillionsOfTokens_areRefusedEarly(String member) {
        // Given
        InputStream body = stream("{\"" + member + "\":[" + "0,".repeat(1_000_000) + "0]}");

        // When
        assertThrows(StreamConstraintsException.class, () -> reader().read(body));

        // Then: most of the body was not read
        assertTrue(available(body) > 1_000_000);
    }

    @Test
    void largeArchive_besideAFewMembers_isTaken() throws IOException {
        // Given: more than a text beside it may have
        byte[] archive = new byte[1 << 20];
        String body = "{\"later\":[1,2],\"archive_b64\":\""
                + Base64.getEncoder().encodeToString(archive) + "\",\"name\":\"lamp\"}";
        JsonPushReader reader = reader();

        // When
        PushFields fields = reader.read(stream(body));

        // Then
        assertEquals("lamp", fields.name());
        assertEquals(archive.length, Files.size(directory.resolve("archive")));
        assertEquals(1, reader.warnings().size());
    }

    private JsonPushReader reader() {
        return new JsonPushReader(directory.resolve("archive"), 2 << 20);
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static int available(InputStream body) {
        try {
            return body.available();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
