package io.adaos.hub.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceRulesTest {

    private static final String ROOT = "io.adaos.hub.registry";

    @TempDir
    Path sources;

    @Test
    void thisModule_followsTheRules() {
        assertEquals(List.of(), SourceRules.of(Path.of("src"), "io.adaos.hub").violations());
    }

    /** The command line is built before anything else, so it cannot take the rules from here. */
    @Test
    void commandLine_followsTheRules() {
        Path sources = Path.of("../deploy/cli/src");
        assertEquals(List.of(), SourceRules.of(sources, "io.adaos.hub.cli").violations());
    }

    @ParameterizedTest
    @CsvSource({"io.adaos.hub.sdk, io.quarkus.arc.Arc, 1",
        "io.adaos.hub.sdk, io.vertx.core.Vertx, 1",
        "io.adaos.hub.sdk, io.adaos.hub.runtime.http.HubJson, 1",
        "io.adaos.hub.sdk.wire, io.adaos.hub.sdk.HubSkill, 1",
        "io.adaos.hub.sdk, io.adaos.hub.sdk.wire.HubHttp, 0",
        "io.adaos.hub.sdk, com.fasterxml.jackson.databind.JsonNode, 0",
        "io.adaos.hub.sdk.wire, java.net.http.HttpClient, 0"})
    void sdk_importsTheJdkJacksonAndContracts(String from, String imported, int faults)
            throws IOException {
        // Given
        Files.createDirectories(sources.resolve("main/java"));
        Files.createDirectories(sources.resolve("test/java"));
        Files.writeString(sources.resolve("main/java/Thing.java"), "package " + from
                + ";\nimport " + imported + ";\n\n/** A type. */\nfinal class Thing {\n}\n");
        Files.writeString(sources.resolve("test/java/ThingTest.java"),
                "package " + from + ";\n\nclass ThingTest {\n}\n");

        // When
        List<String> found = SourceRules.of(sources, "io.adaos.hub").violations().stream()
                .filter(each -> each.contains("D2")).toList();

        // Then
        assertEquals(faults, found.size(), found::toString);
    }

    @Test
    void noSources_isAViolation() {
        assertTrue(SourceRules.of(sources, ROOT).violations().get(0).startsWith("no sources"));
    }

    /** Each rule is seen to fail once; a rule that cannot fail is no rule. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "D1 imports another service | push | import io.adaos.hub.operations.install.X;",
        "D4 plain class imports     | push | import io.vertx.core.Vertx;",
        "D5 plain class imports     | push | import io.smallrye.mutiny.Uni;",
        "D6 a feature imports       | push | import io.adaos.hub.registry.platform.X;",
        "D7 push may not import     | push | import io.adaos.hub.registry.blob.X;",
        "D7 feature without a row   | odd  | import java.util.List;",
        "skips tests                | test | @org.junit.jupiter.api.Disabled",
        "unfinished                 | push | // TO" + "DO later",
        "a subject is spelled       | push | // \"hub.v1.x\""})
    void brokenRule_isFound(String expected, String feature, String line) throws IOException {
        // Given
        write("main/java/push/Fine.java", "push", "Fine", "");
        write("test/java/push/FineTest.java", "push", "FineTest", "");
        String tree = feature.equals("test") ? "test/java/" : "main/java/";
        write(tree + feature + "/Thing.java", feature, "Thing", line);

        // When
        List<String> found = new SourceRules(sources, ROOT,
                Map.of("push", Set.of("trust"), "test", Set.of())).violations();

        // Then
        assertTrue(found.stream().anyMatch(each -> each.contains(expected)), found::toString);
    }

    private void write(String file, String feature, String type, String line) throws IOException {
        Path path = sources.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, "package " + ROOT + '.' + feature + ";\n" + line
                + "\n/** A type. */\nfinal class " + type + " {\n}\n");
    }
}
