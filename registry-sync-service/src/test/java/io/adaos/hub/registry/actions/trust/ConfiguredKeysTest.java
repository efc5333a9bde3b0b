package io.adaos.hub.registry.actions.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.registry.actions.SignedActions;
import io.adaos.hub.runtime.security.Caller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfiguredKeysTest {

    @TempDir
    Path folder;

    private final AtomicLong nanos = new AtomicLong();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "[] | 0 | 0",
        "[KEY] | 1 | 0",
        "[KEY,{\"kid\":\"a\",\"alg\":\"ed25519\"}] | 1 | 1",
        "[KEY,{\"kid\":1,\"alg\":\"ed25519\",\"public_key\":\"\"},7] | 1 | 2",
        "[{\"kid\":\"a\",\"alg\":\"ed25519\",\"public_key\":\"AAAA\"}] | 0 | 1",
        "[{\"kid\":\"a\",\"alg\":\"ed25519\",\"public_key\":\"%%\"},KEY] | 1 | 1",
        "[{\"kid\":\"\",\"alg\":\"rsa\",\"public_key\":\"\"}] | 0 | 1",
        "[{\"kid\":\"a\",\"alg\":\"rsa\",\"public_key\":\"\"}] | 1 | 0",
        "{\"keys\":[KEY]} | 0 | 1",
        "[KEY | 0 | 1",
        "`` | 0 | 1"
    })
    void list_isTakenAsFarAsItIsRight(String json, int keys, int faults) {
        // When
        TrustedKeysFile.Content content =
                TrustedKeysFile.parse(json.replace("KEY", SignedActions.trusted("k")));

        // Then
        assertEquals(keys, content.keys().size());
        assertEquals(faults, content.faults().size(), content.faults().toString());
    }

    @Test
    void lastKeyOfAnId_wins() {
        // When
        ConfiguredKeys keys = new ConfiguredKeys(Optional.of("["
                + "{\"kid\":\"k\",\"alg\":\"rsa\",\"public_key\":\"AA==\"},"
                + SignedActions.trusted("k") + "]"), Optional.empty(), nanos::get);

        // Then
        assertEquals("ed25519", keys.find("k").orElseThrow().alg());
        assertEquals(1, keys.size());
    }

    @Test
    void file_isReadAgain_whenItChanges() throws IOException {
        // Given
        Path file = folder.resolve("keys.json");
        ConfiguredKeys keys = new ConfiguredKeys(Optional.of(" "), Optional.of(file), nanos::get);
        boolean before = keys.find("k").isPresent();

        // When
        Files.writeString(file, "[" + SignedActions.trusted("k") + "]");
        boolean tooEarly = keys.find("k").isPresent();
        passASecond();
        boolean after = keys.find("k").isPresent();

        // Then
        assertFalse(before);
        assertFalse(tooEarly);
        assertTrue(after);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[{\"kid\":", "{}", "[]"})
    void file_thatIsFaulty_trustsNobody(String text) throws IOException {
        // Given
        Path file = folder.resolve("keys.json");
        Files.writeString(file, "[" + SignedActions.trusted("k") + "]");
        ConfiguredKeys keys = new ConfiguredKeys(
                Optional.empty(), Optional.of(file), nanos::get);
        boolean before = keys.find("k").isPresent();

        // When
        Files.writeString(file, text);
        passASecond();

        // Then
        assertTrue(before);
        assertEquals(Optional.empty(), keys.find("k"));
        assertEquals(text.equals("[]"), keys.faults().isEmpty());
    }

    @Test
    void file_thatIsGone_trustsNobody_andIsMissedWithoutAFault() throws IOException {
        // Given
        Path file = folder.resolve("keys.json");
        Files.writeString(file, "[" + SignedActions.trusted("k") + "]");
        ConfiguredKeys keys = new ConfiguredKeys(
                Optional.empty(), Optional.of(file), nanos::get);

        // When
        Files.delete(file);
        passASecond();

        // Then
        assertEquals(0, keys.size());
        assertTrue(keys.faults().isEmpty());
    }

    @Test
    void environment_winsOverTheFile() throws IOException {
        // Given
        Path file = folder.resolve("keys.json");
        Files.writeString(file, "[" + SignedActions.trusted("of-file") + "]");

        // When
        ConfiguredKeys keys = new ConfiguredKeys(
                Optional.of("[" + SignedActions.trusted("of-environment") + "]"),
                Optional.of(file), nanos::get);
        passASecond();

        // Then
        assertTrue(keys.find("of-environment").isPresent());
        assertTrue(keys.find("of-file").isEmpty());
    }

    @Test
    void publishKey_mayPublishActions_andNothingElse() {
        // When
        Optional<Caller> caller = new PublishKey(Optional.of("dev-secret")).judge("dev-secret");

        // Then
        assertEquals(Set.of("actions:publish"), caller.orElseThrow().scopes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "dev-secre", "dev-secret ", "dev-secret2"})
    void publishKey_isNobodyElses(String raw) {
        // When
        Optional<Caller> other = new PublishKey(Optional.of("dev-secret")).judge(raw);
        Optional<Caller> unset = new PublishKey(Optional.of(" ")).judge(raw);
        Optional<Caller> absent = new PublishKey(Optional.empty()).judge(raw);

        // Then
        assertEquals(Optional.empty(), other);
        assertEquals(Optional.empty(), unset);
        assertEquals(Optional.empty(), absent);
    }

    private void passASecond() {
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    }
}
