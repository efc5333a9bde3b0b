package io.adaos.hub.cli.supervise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ProcessIdentityTest {

    @Test
    void of_thisProcess_isAliveAndTheSameEachTime() {
        // Given
        long pid = ProcessHandle.current().pid();

        // When
        ProcessIdentity identity = ProcessIdentity.of(pid).orElseThrow();

        // Then
        assertTrue(identity.isAlive());
        assertEquals(identity, ProcessIdentity.of(pid).orElseThrow());
    }

    @Test
    void isAlive_samePidOtherStart_isFalse() {
        // Given
        ProcessIdentity now = ProcessIdentity.of(ProcessHandle.current().pid()).orElseThrow();

        // When
        ProcessIdentity earlier = new ProcessIdentity(now.pid(), "another boot:1");

        // Then
        assertFalse(earlier.isAlive());
    }

    @Test
    void isAlive_endedProcess_isFalse() throws Exception {
        // Given
        Process process = new ProcessBuilder("sleep", "60").start();
        ProcessIdentity identity = ProcessIdentity.of(process.pid()).orElseThrow();

        // When
        process.destroyForcibly().waitFor();

        // Then
        assertFalse(identity.isAlive());
    }
}
