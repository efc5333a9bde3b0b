package io.adaos.hub.sdk;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.sdk.ScriptedHub.Answer;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The client of the skill template, by what it asks and what it says. */
class PythonClientTest {

    private static final String HANDLERS = "../deploy/skill-template/handlers";

    private ScriptedHub hub;
    /** Null until the scene begins. */
    private Process python;

    @BeforeEach
    void start() throws IOException {
        hub = new ScriptedHub();
    }

    @AfterEach
    void stop() {
        hub.close();
        python.destroyForcibly();
    }

    @Test
    void confirmedValue_isNotSent_andAnyOtherIs() throws Exception {
        // Given
        hub.then(Answer.applied(7), Answer.refused(413, "payload_budget_exceeded", false, 0),
                Answer.applied(9));

        // When
        List<String> said = play("confirmed", "30");

        // Then
        assertEquals(List.of("applied 7 -", "unchanged 7 -",
                "refused 0 payload_budget_exceeded", "applied 9 -"), said);
        ScriptedHub.Request first = hub.requests().get(0);
        assertTrue(first.line().startsWith(
                "POST /v1/webspaces/desktop/projections/rain.now?wait=durable&timeout_ms=2"));
        assertEquals("{\"scope\":\"webspace\",\"node_id\":\"kitchen\",\"value\":{\"a\":2,\"b\":1}}",
                first.body().toString());
        assertEquals("Bearer secret", first.authorization());
        assertEquals(3, hub.requests().size());
    }

    @Test
    void lostAnswer_brokenAnswer_refusalThatPasses_andDeferral_areFollowedByAnotherRequest()
            throws Exception {
        // Given
        hub.then(Answer.none(), Answer.of(502, "<html>"),
                Answer.refused(429, "write_amplification", true, 300),
                Answer.of(202, """
                    {"outcome": "deferred", "level": "accepted", "retry_after_ms": 10}"""),
                Answer.applied(3));

        // When
        List<String> said = play("again", "60");

        // Then
        assertEquals(List.of("applied 3 -"), said);
        List<ScriptedHub.Request> requests = hub.requests();
        assertEquals(5, requests.size());
        assertTrue(requests.get(3).atMillis() - requests.get(2).atMillis() >= 299, "too early");
    }

    @Test
    void valueThatIsNotDurableInTime_isRaised() throws Exception {
        // Given
        hub.then(Answer.refused(429, "write_amplification", true, 60_000));

        // When
        List<String> said = play("raising", "0.3");

        // Then
        assertEquals(List.of("refused 0 write_amplification"), said);
    }

    @Test
    void whatCannotBeSent_isRefusedOrRaised() throws Exception {
        // Given
        hub.then(Answer.applied(1));

        // When
        List<String> said = play("bad", "5");

        // Then
        assertEquals(List.of("refused 0 value_invalid", "refused 0 value_invalid",
                "refused 0 value_invalid", "refused 0 value_invalid",
                "refused 0 payload_budget_exceeded",
                "no webspace", "no webspace", "no webspace"), said);
        assertEquals(List.of(), hub.requests());
    }

    @Test
    void valuesOfManyThreads_becomeTheNewest() throws Exception {
        // Given
        hub.hold();
        hub.then(Answer.applied(1), Answer.applied(2));
        begin("newest", "60");
        await().until(() -> hub.requests().size() == 1);
        python.outputWriter().append('\n').flush();
        BufferedReader lines = python.inputReader();
        assertEquals("ready", lines.readLine());

        // When
        hub.letThrough(2);

        // Then
        assertEquals("applied" + " coalesced".repeat(7), lines.readLine());
        assertEquals(2, hub.requests().size());
    }

    @Test
    void detailsStreamsAndEventLoops_haveTheirCalls() throws Exception {
        // Given
        hub.then(Answer.of(200, "{\"outcome\":\"applied\",\"level\":\"durable\"}"),
                Answer.of(200, "{\"outcome\":\"published\",\"receivers\":1}"), Answer.applied(4));

        // When
        List<String> said = play("others", "30");

        // Then
        assertEquals(List.of("applied 0 -", "published 0 -", "applied 4 -"), said);
        assertEquals(List.of("PUT /v1/webspaces/desktop/details/rain.log",
                "POST /v1/webspaces/desktop/streams/rain%3Alive"), hub.requests().stream()
                .limit(2).map(ScriptedHub.Request::line).toList());
        assertEquals("{\"node_id\":\"kitchen\",\"payload\":{\"mm\":1}}",
                hub.requests().get(1).body().toString());
    }

    private List<String> play(String scene, String within) throws Exception {
        begin(scene, within);
        List<String> said = python.inputReader().lines().toList();
        assertTrue(python.waitFor(30, TimeUnit.SECONDS));
        return said;
    }

    private void begin(String scene, String within) throws IOException {
        python = new ProcessBuilder("python3", "-B", "src/test/python/calls.py", HANDLERS,
                hub.address().toString(), scene, within)
                .redirectError(Path.of("target", "python-" + scene + ".txt").toFile()).start();
    }
}
