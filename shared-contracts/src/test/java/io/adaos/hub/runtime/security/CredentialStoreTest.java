package io.adaos.hub.runtime.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.runtime.security.CredentialStore.Verdict;
import io.adaos.hub.testing.MutableClock;
import io.adaos.hub.testing.TestKeys;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialStoreTest {

    private static final Verdict UNKNOWN = new Verdict.Denied("unknown");
    private static final Verdict UNAVAILABLE = new Verdict.Denied("keys_unavailable");

    private final MutableClock clock = MutableClock.at("2026-04-07T12:00:00Z");
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000);

    @TempDir
    Path folder;

    @Test
    void knownKey_isItsCaller() throws IOException {
        // Given
        CredentialStore store = store(TestKeys.file());

        // When
        Verdict verdict = store.judge(TestKeys.RUNNER);

        // Then
        Caller caller = assertInstanceOf(Verdict.Accepted.class, verdict).caller();
        assertEquals("user:runner", caller.subject());
        assertEquals(Set.of("operations:run", "operations:read"), caller.scopes());
        assertTrue(caller.expiresAt().isPresent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown-key-0123456789abcdef", " ", "test-admin-key-0123456789abcde"})
    void otherText_isUnknown(String raw) throws IOException {
        // Given
        CredentialStore store = store(TestKeys.file());

        // When
        Verdict verdict = store.judge(raw);

        // Then
        assertEquals(UNKNOWN, verdict);
    }

    @Test
    void key_endsAtItsExpiry() throws IOException {
        // Given
        String raw = "short-lived-key-0123456789";
        CredentialStore store = store("{\"keys\":["
                + TestKeys.key(raw, "user:anna", "2026-04-07T12:00:30Z", "admin") + "]}");
        Verdict before = store.judge(raw);

        // When
        clock.advance(Duration.ofSeconds(30));

        // Then
        assertInstanceOf(Verdict.Accepted.class, before);
        assertEquals(new Verdict.Denied("expired"), store.judge(raw));
    }

    @Test
    void changedFile_isReadAgain_atMostOnceASecond() throws IOException {
        // Given
        CredentialStore store = store("{\"keys\":[]}");
        Files.writeString(file(), TestKeys.file());

        // When
        nanos.addAndGet(Duration.ofMillis(999).toNanos());
        Verdict early = store.judge(TestKeys.ADMIN);
        nanos.addAndGet(Duration.ofMillis(1).toNanos());
        Verdict later = store.judge(TestKeys.ADMIN);

        // Then
        assertEquals(UNKNOWN, early);
        assertInstanceOf(Verdict.Accepted.class, later);
    }

    /** A clock set back by an hour must not keep a withdrawn key alive for that hour. */
    @Test
    void changedFile_isReadAgain_alsoWhenTheClockIsSetBack() throws IOException {
        // Given
        CredentialStore store = store(TestKeys.file());
        Files.writeString(file(), "{\"keys\":[]}");

        // When
        clock.advance(Duration.ofHours(-1));
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());

        // Then
        assertEquals(UNKNOWN, store.judge(TestKeys.ADMIN));
    }

    @Test
    void brokenFile_deniesEverybody_untilItIsMended() throws IOException {
        // Given
        CredentialStore store = store(TestKeys.file());

        // When
        Files.writeString(file(), "{\"keys\":[");
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        Verdict broken = store.judge(TestKeys.ADMIN);
        Optional<String> fault = store.fault();
        Files.writeString(file(), TestKeys.file());
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());

        // Then
        assertEquals(UNAVAILABLE, broken);
        assertTrue(fault.orElseThrow().contains("cannot be used"));
        assertInstanceOf(Verdict.Accepted.class, store.judge(TestKeys.ADMIN));
    }

    @Test
    void missingFile_deniesEverybody_untilItIsThere() throws IOException {
        // Given
        CredentialStore store = new CredentialStore(Optional.of(file()), clock, nanos::get);
        Verdict missing = store.judge(TestKeys.ADMIN);

        // When
        Files.writeString(file(), TestKeys.file());
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());

        // Then
        assertEquals(UNAVAILABLE, missing);
        assertInstanceOf(Verdict.Accepted.class, store.judge(TestKeys.ADMIN));
    }

    @Test
    void noFileConfigured_deniesEverybody() {
        // Given
        CredentialStore store = new CredentialStore(Optional.empty(), clock, nanos::get);

        // When
        Verdict verdict = store.judge(TestKeys.ADMIN);

        // Then
        assertEquals(UNAVAILABLE, verdict);
    }

    /** Half a list of keys would be a trap: one faulty line refuses the file. */
    @ParameterizedTest
    @ValueSource(strings = {
        "", "null", "[]", "{}", "{\"keys\":null}", "{\"keys\":[null]}",
        "{\"keys\":[{\"id\":\"a\",\"sha256\":\"00\",\"subject\":\"user:a\",\"scopes\":[]}]}",
        "{\"keys\":[{\"id\":\"a\",\"sha256\":\"%1$s\",\"subject\":\"a\",\"scopes\":[]}]}",
        "{\"keys\":[{\"id\":\"a\",\"sha256\":\"%1$s\",\"subject\":\"user:a\"}]}",
        "{\"keys\":[{\"id\":\"a\",\"sha256\":\"%1$s\",\"subject\":\"user:a\",\"scopes\":[\"*\"]}]}",
        "{\"keys\":[{\"id\":\"a\",\"sha256\":\"%1$s\",\"subject\":\"user:a\",\"scopes\":[]},"
            + "{\"id\":\"b\",\"sha256\":\"%1$s\",\"subject\":\"user:b\",\"scopes\":[\"admin\"]}]}"
    })
    void faultyFile_isRefusedWhole(String json) throws IOException {
        // Given
        CredentialStore store = store(json.formatted("ab".repeat(32)));

        // When
        Optional<String> fault = store.fault();

        // Then
        assertTrue(fault.isPresent());
    }

    @Test
    void denials_areCountedByReason() throws IOException {
        // Given
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        Authenticator authenticator = new Authenticator(store(TestKeys.file()), meters);

        // When
        authenticator.authenticate("no-such-key-0123456789");
        authenticator.authenticate(TestKeys.EXPIRED);
        authenticator.authenticate(TestKeys.ADMIN);

        // Then
        assertEquals(1, meters.counter("hub.auth.denied", "reason", "unknown").count());
        assertEquals(1, meters.counter("hub.auth.denied", "reason", "expired").count());
    }

    @Test
    void otherSource_isAsked_whenTheFileDoesNotKnow() throws IOException {
        // Given
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        Caller robot = new Caller("service:robot", Set.of("actions:publish"), Optional.empty());
        CredentialSource source =
                raw -> raw.equals("robot") ? Optional.of(robot) : Optional.empty();
        Authenticator authenticator = new Authenticator(
                new CredentialStore(Optional.empty(), clock, nanos::get), List.of(source), meters);

        // When
        Optional<Caller> known = authenticator.authenticate("robot");
        Optional<Caller> unknown = authenticator.authenticate("no robot");

        // Then
        assertEquals(Optional.of(robot), known);
        assertEquals(Optional.empty(), unknown);
        assertEquals(1, meters.counter("hub.auth.denied", "reason", "keys_unavailable").count());
    }

    private CredentialStore store(String json) throws IOException {
        Files.writeString(file(), json);
        return new CredentialStore(Optional.of(file()), clock, nanos::get);
    }

    private Path file() {
        return folder.resolve("keys.json");
    }
}
