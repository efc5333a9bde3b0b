package io.adaos.hub.bench.fanout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.bench.live.ClientScripts;
import io.adaos.hub.bench.live.FreePorts;
import io.adaos.hub.bench.live.RivalServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FanoutRunsTest {

    @ParameterizedTest
    @CsvSource({"y-websocket, node_modules/@y/websocket-server/src/server.js",
        "hocuspocus, hocuspocus.mjs"})
    void runs_againstARealServer_loseNothingAndCost(String kind, String script)
            throws IOException, InterruptedException {
        // Given
        Path scripts = ClientScripts.folder(Path.of("../..").toAbsolutePath().normalize());
        int port = FreePorts.before(1) + 1;
        Scenario fan = new Scenario(Scenario.Kind.FAN, 5, 50, Scenario.Targets.NONE);
        Scenario join = new Scenario(Scenario.Kind.JOIN, 3, 50_000, Scenario.Targets.NONE);
        Scenario storm = new Scenario(Scenario.Kind.STORM, 7, 50_000, Scenario.Targets.NONE);

        // When
        try (RivalServer server = new RivalServer(scripts,
                        List.of("node", script, Integer.toString(port)), port);
                Generators generators = new Generators(scripts, 2)) {
            Target target = new Target(kind, kind, server.url(), "", server.pid(),
                    OptionalLong.empty());
            FanoutRuns runs = new FanoutRuns(generators);
            for (Scenario scenario : List.of(fan, join, storm)) {
                Sample sample = runs.run(scenario, target, 1);

                // Then
                assertEquals(0, sample.lost(), scenario.name());
                assertTrue(sample.p50Ms() > 0 && sample.p50Ms() <= sample.p99Ms(), scenario.name());
                assertTrue(sample.rssMib() > 10, scenario.name());
            }
        }
    }
}
