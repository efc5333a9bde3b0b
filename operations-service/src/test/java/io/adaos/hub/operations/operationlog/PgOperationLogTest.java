package io.adaos.hub.operations.operationlog;

import static io.adaos.hub.operations.testing.OperationsBench.await;
import static io.adaos.hub.operations.testing.OperationsBench.command;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.contracts.id.OperationId;
import io.adaos.hub.contracts.operation.OperationStatus;
import io.adaos.hub.operations.execution.OperationRunner;
import io.adaos.hub.operations.testing.OperationsBench;
import io.adaos.hub.operations.testing.ScriptedHandler;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PgOperationLogTest {

    private static final String KIND = "skill.test";

    private static OperationsBench bench;

    @BeforeAll
    static void open() {
        bench = new OperationsBench();
    }

    @AfterAll
    static void close() {
        bench.close();
    }

    @Test
    void everyWord_hasItsLine_inOrder() {
        // Given
        ScriptedHandler handler = new ScriptedHandler("scenario.test", progress -> {
            progress.log(LogLevel.DEBUG, "Looking");
            progress.step(new ScriptedHandler.PlainStep("work", 30, true), 30, "Working");
            progress.log(LogLevel.WARNING, "Something is odd");
            ScriptedHandler.succeed(progress);
        });
        OperationId id = bench.admitted(command("scenario.test", "t", null, false));

        // When
        OperationRunner runner = bench.runner(List.of(handler), Duration.ofSeconds(30));
        runner.start();
        bench.ended(id);
        runner.stop();
        LogPage log = page(id, 0, 100);

        // Then
        assertEquals(List.of("info null Accepted, asked for by user anna", "info null Accepted",
                "debug null Looking", "info work Working", "warning work Something is odd",
                "info work succeeded: Done"),
                log.items().stream().map(line -> line.level().wire() + ' ' + line.step() + ' '
                        + line.message()).toList());
        assertEquals(LongStream.rangeClosed(1, 6).boxed().toList(),
                log.items().stream().map(LogPage.Line::line).toList());
        assertEquals(OperationStatus.SUCCEEDED, log.status());
        assertEquals(0, log.dropped());
    }

    @Test
    void longLog_keepsItsBeginningAndItsEnd() {
        // Given
        OperationId id = bench.admitted(command(KIND, "long", null, false));

        // When: 2,301 lines with that of the acceptance
        for (int batch = 0; batch < 23; batch++) {
            List<LogEntry> entries = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                entries.add(new LogEntry(id, LogLevel.INFO, null, "line " + (batch * 100 + i)));
            }
            assertTrue(await(bench.log.append(id, OptionalLong.empty(), entries)));
        }

        // Then
        LogPage all = page(id, 0, 5_000);
        assertEquals(2_000, all.items().size());
        assertEquals(301, all.dropped());
        assertEquals(500, all.items().get(499).line());
        assertEquals(802, all.items().get(500).line());
        assertEquals(2_301, all.nextAfter());
    }

    @Test
    void page_goesOnWhereTheLastEnded() {
        // Given
        OperationId id = bench.admitted(command(KIND, "pages", null, false));
        await(bench.log.append(id, OptionalLong.empty(), List.of(
                new LogEntry(id, LogLevel.INFO, "a", "one"),
                new LogEntry(id, LogLevel.INFO, "a", "two"))));

        // When
        LogPage first = page(id, 0, 2);
        LogPage second = page(id, first.nextAfter(), 2);
        LogPage none = page(id, second.nextAfter(), 2);

        // Then
        assertEquals(List.of(1L, 2L), first.items().stream().map(LogPage.Line::line).toList());
        assertEquals(List.of("two"), second.items().stream().map(LogPage.Line::message).toList());
        assertEquals(3, none.nextAfter());
        assertEquals(List.of(), none.items());
    }

    @Test
    void linesOfALostLease_andOfNoOperation_areNotWritten() {
        // Given
        OperationId id = bench.admitted(command(KIND, "fenced", null, false));
        OperationId nobody = new OperationId("op_nobody");

        // When
        boolean late = await(bench.log.append(id, OptionalLong.of(41), List.of(
                new LogEntry(id, LogLevel.INFO, null, "late"))));
        boolean lost = await(bench.log.append(nobody, OptionalLong.empty(), List.of(
                new LogEntry(nobody, LogLevel.INFO, null, "lost"))));

        // Then
        assertFalse(late || lost);
        assertEquals(1, page(id, 0, 10).items().size());
        assertEquals(Optional.empty(), await(bench.log.read(nobody, 0, 10)));
    }

    @Test
    void longLine_isCutBetweenCharacters() {
        // Given
        String text = "\uD83D\uDE00".repeat(3_000) + '\0';

        // When
        LogEntry entry = new LogEntry(new OperationId("op_1"), LogLevel.INFO, null, text);

        // Then
        byte[] bytes = entry.message().getBytes(StandardCharsets.UTF_8);
        assertTrue(bytes.length <= LogEntry.BYTES_MAX && bytes.length > LogEntry.BYTES_MAX - 8);
        assertTrue(entry.message().endsWith("\uD83D\uDE00…"));
    }

    private static LogPage page(OperationId id, long after, int limit) {
        return await(bench.log.read(id, after, limit)).orElseThrow();
    }
}
