package io.adaos.hub.runtime.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessTest {

    @ParameterizedTest
    @CsvSource({
        "operations:run, operations:run, true",
        "operations:run, operations:read, false",
        "admin, webspace:desktop:write, true",
        "admin, work:model.download, true",
        "webspace:desktop:read, webspace:desktop:read, true",
        "webspace:desktop:read, webspace:desktop:write, false",
        "webspace:desktop:read, webspace:other:read, false",
        "webspace:desktop:write, webspace:desktop:read, true",
        "catalog:push, public:read, true",
        "'', public:read, true",
        "'', admin, false"
    })
    void scope_grantsWhatItImplies(String has, String wanted, boolean may) {
        // Given
        Set<String> scopes = has.isEmpty() ? Set.of() : Set.of(has);

        // When
        boolean answer = new Caller("user:a", scopes, Optional.empty()).may(wanted);

        // Then
        assertEquals(may, answer);
    }

    @ParameterizedTest
    @CsvSource(nullValues = "null", value = {
        "null, hub.example:8084, true",
        "http://hub.example:8084, hub.example:8084, true",
        "http://HUB.example:8084/, HUB.example:8084, true",
        "http://panel.example, hub.example:8084, true",
        "https://panel.example, hub.example:8084, false",
        "http://evil.example, hub.example:8084, false",
        "http://hub.example:8084.evil.example, hub.example:8084, false",
        "null-origin, hub.example, false",
        "http://hub.example, null, false"
    })
    void origin_mustBeTheSameOrConfigured(String origin, String host, boolean allowed) {
        // Given
        OriginCheck check = new OriginCheck(Optional.of(List.of("http://panel.example")));

        // When
        boolean answer = check.allows(origin, host);

        // Then
        assertEquals(allowed, answer);
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', None",
        "Bearer a, '', Given",
        "bearer a, a, Given",
        "'', a;a, Given",
        "Bearer a, b, Refused",
        "'', a;b, Refused",
        "Basic a, '', Refused",
        "Bearer, '', Refused"
    })
    void headers_carryOneCredentialAtMost(String authorization, String bare, String outcome) {
        // When
        RawCredential credential = RawCredential.of(words(authorization), words(bare));

        // Then
        assertEquals(outcome, credential.getClass().getSimpleName());
    }

    @Test
    void serviceCredential_isReadAnewForEachCall(@TempDir Path folder) throws IOException {
        // Given
        Path file = Files.writeString(folder.resolve("key"), "first\n");
        ServiceCredential credential = new ServiceCredential(Optional.of(file));
        String before = credential.bearer();

        // When
        Files.writeString(file, "second");

        // Then
        assertEquals("Bearer first", before);
        assertEquals("Bearer second", credential.bearer());
    }

    @Test
    void serviceCredential_withoutFile_saysWhatToSet() {
        // Given
        ServiceCredential credential = new ServiceCredential(Optional.empty());

        // When
        HubException refused = Assertions.assertThrows(HubException.class, credential::bearer);

        // Then
        assertInstanceOf(String.class, refused.getMessage());
        assertEquals(HubErrorCode.UPSTREAM_UNAVAILABLE, refused.code());
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split(";")).filter(word -> !word.isEmpty()).toList();
    }
}
