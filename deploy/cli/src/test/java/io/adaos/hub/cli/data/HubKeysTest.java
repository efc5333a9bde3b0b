package io.adaos.hub.cli.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.adaos.hub.cli.CommandFailed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HubKeysTest {

    @TempDir
    Path folder;

    private SecretFiles secrets;
    private HubKeys keys;

    @BeforeEach
    void create() {
        DataFolder data = new DataFolder(folder);
        data.create();
        secrets = new SecretFiles(data);
        keys = new HubKeys(secrets);
    }

    @Test
    void nodeKey_isKept_andKnownToTheServicesFromThenOn() throws Exception {
        // Given
        keys.prepare(Optional.empty());

        // When
        String key = keys.nodeKey("kitchen");
        keys.prepare(Optional.empty());

        // Then
        JsonNode written = new ObjectMapper().readTree(keys.keysFile().toFile()).path("keys");
        JsonNode node = written.get(written.size() - 1);
        assertEquals("node:kitchen", node.path("subject").asText());
        assertEquals(sha256(key), node.path("sha256").asText());
        assertTrue(node.path("scopes").toString().contains("work:skill.install"));
        assertEquals(key, keys.nodeKey("kitchen"));
    }

    @Test
    void prepare_emptyFolder_writesHashesScopesAndSubjects() throws Exception {
        // Given
        Optional<String> noToken = Optional.empty();

        // When
        keys.prepare(noToken);

        // Then
        JsonNode written = new ObjectMapper().readTree(keys.keysFile().toFile()).path("keys");
        assertEquals(6, written.size());
        JsonNode admin = written.get(0);
        assertEquals("user:admin", admin.path("subject").asText());
        assertEquals("[\"admin\"]", admin.path("scopes").toString());
        assertEquals(sha256(secrets.read(HubKeys.ADMIN_TOKEN)), admin.path("sha256").asText());
        assertEquals("[\"webspace:desktop:read\",\"operations:run\",\"operations:read\"]",
                written.get(1).path("scopes").toString());
        assertEquals("service:operations", written.get(4).path("subject").asText());
        assertEquals(sha256(Files.readString(keys.serviceKeyFile(HubPart.OPERATIONS))),
                written.get(4).path("sha256").asText());
    }

    @Test
    void prepare_files_areReadableByTheirOwnerAlone() throws IOException {
        // Given
        keys.prepare(Optional.empty());

        // When
        String mode = PosixFilePermissions.toString(
                Files.getPosixFilePermissions(keys.keysFile()));

        // Then
        assertEquals("rw-------", mode);
        assertEquals("rwx------", PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("secrets"))));
    }

    @Test
    void prepare_secondTime_keepsEverySecret() throws IOException {
        // Given
        keys.prepare(Optional.empty());
        String before = Files.readString(keys.keysFile());

        // When
        keys.prepare(Optional.empty());

        // Then
        assertEquals(before, Files.readString(keys.keysFile()));
        assertTrue(secrets.read(HubKeys.ADMIN_TOKEN).length() >= 32);
    }

    @Test
    void prepare_tokenGiven_replacesTheKeptOne() throws Exception {
        // Given
        keys.prepare(Optional.empty());
        String mine = "a-token-of-my-own-0123456789";

        // When
        keys.prepare(Optional.of(mine));

        // Then
        assertEquals(mine, secrets.read(HubKeys.ADMIN_TOKEN));
        assertTrue(Files.readString(keys.keysFile()).contains(sha256(mine)));
        assertFalse(Files.readString(keys.keysFile()).contains(mine));
    }

    @ParameterizedTest
    @ValueSource(strings = {"short", "has a blank in the middle", "schlüssel-mit-umlaut-0123"})
    void prepare_uselessToken_isAUsageErrorThatDoesNotRepeatIt(String token) {
        // Given
        Optional<String> given = Optional.of(token);

        // When
        CommandFailed failed = assertThrows(CommandFailed.class, () -> keys.prepare(given));

        // Then
        assertEquals(2, failed.exitCode());
        assertFalse(failed.text().contains(token));
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256")
                .digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
