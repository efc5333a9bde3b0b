package io.adaos.hub.bench.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ProcessUseTest {

    @Test
    void stat_withBlanksAndParenthesesInTheName_givesUserAndSystemTime() {
        // Given
        String stat = "42 (a (b) c) S 1 42 42 0 -1 4194304 100 0 0 0 17 5 0 0 20 0 9 0 1 2 3";

        // When
        long micros = ProcessUse.cpuMicros(stat);

        // Then
        assertEquals(220_000, micros);
    }

    @Test
    void status_withMemory_givesMebibytes() {
        // Given
        String status = "Name:\tjava\nVmSize:\t  99999 kB\nVmRSS:\t    2048 kB\nThreads:\t3\n";

        // When
        double mebibytes = ProcessUse.rssMib(status);

        // Then
        assertEquals(2, mebibytes);
    }

    @Test
    void thisProcess_thatWorks_usesTimeAndMemory() throws IOException {
        // Given
        long pid = ProcessHandle.current().pid();
        long before = ProcessUse.of(pid).cpuMicros();
        long end = System.nanoTime() + 100_000_000;

        // When
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }

        // Then
        assertTrue(ProcessUse.of(pid).cpuMicros() > before);
        assertTrue(ProcessUse.of(pid).rssMib() > 1);
        assertTrue(ProcessUse.cpuMicrosOfTree(pid) > before);
    }
}
