package io.adaos.hub.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import picocli.CommandLine.ParseResult;

class BenchCommandTest {

    @Test
    void jmh_withOptionsOfItsOwn_getsAllOfThem() {
        // Given
        String[] arguments = {"jmh", "DocBenchmark.decode", "-f", "1", "-wi", "0"};

        // When
        ParseResult parsed = BenchCommand.commandLine().parseArgs(arguments);

        // Then
        assertEquals(5, parsed.subcommand().matchedPositional(0)
                .stringValues().size());
    }
}
