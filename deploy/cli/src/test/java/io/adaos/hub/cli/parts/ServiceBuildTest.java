package io.adaos.hub.cli.parts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.cli.Console;
import io.adaos.hub.cli.HubHome;
import io.adaos.hub.cli.data.DataFolder;
import io.adaos.hub.cli.data.HubPart;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceBuildTest {
    private static final long OLD = 1_000_000;
    private static final long BUILT = 2_000_000;
    private static final long NEW = 3_000_000;

    @TempDir
    Path root;

    private HubHome home;
    private ServiceBuild build;

    @BeforeEach
    void builtProject() throws IOException {
        home = new HubHome(root, Map.of());
        Console console = new Console(new PrintWriter(new StringWriter()));
        build = new ServiceBuild(home, new ToolRunner(console), console);
        put("pom.xml", OLD);
        put("shared-contracts/src/main/java/A.java", OLD);
        for (HubPart service : HubPart.services()) {
            put(service.processName() + "/pom.xml", OLD);
            put(service.processName() + "/src/main/java/A.java", OLD);
            put(service.processName() + "/target/quarkus-app/quarkus-run.jar", BUILT);
        }
    }

    @Test
    void stale_builtAfterItsSources_isNothing() throws IOException {
        // Given
        put("projection-service/src/main/webui/node_modules/x.js", NEW);

        // When
        List<HubPart> stale = build.stale();

        // Then
        assertEquals(List.of(), stale);
    }

    @Test
    void stale_oneSourceNewerAndOneProgramMissing_areThoseTwo() throws IOException {
        // Given
        put("marketplace-service/src/main/java/A.java", NEW);
        Files.delete(root.resolve("operations-service/target/quarkus-app/quarkus-run.jar"));

        // When
        List<HubPart> stale = build.stale();

        // Then
        assertEquals(List.of(HubPart.MARKETPLACE, HubPart.OPERATIONS), stale);
    }

    @Test
    void stale_sharedSourceNewer_isEveryService() throws IOException {
        // Given
        put("shared-contracts/src/main/java/A.java", NEW);

        // When
        List<HubPart> stale = build.stale();

        // Then
        assertEquals(HubPart.services(), stale);
    }

    @Test
    void stale_builtWithoutAChangeOfTheProgram_isNotBuiltForEver() throws IOException {
        // Given
        put("registry-sync-service/src/main/java/A.java", NEW);

        // When
        put("registry-sync-service/target/hub-built.stamp", NEW + 1);

        // Then
        assertEquals(List.of(), build.stale());
    }

    @Test
    void install_rebuiltService_getsAFolderOfItsOwnAndTheOldOneGoes() throws IOException {
        // Given
        DataFolder data = new DataFolder(root.resolve("data"));
        data.create();
        Path before = new AppFolder(home, data).install(HubPart.REGISTRY);
        put("registry-sync-service/target/quarkus-app/quarkus-run.jar", NEW);
        AppFolder apps = new AppFolder(home, data);

        // When
        Path after = apps.install(HubPart.REGISTRY);
        apps.prune();

        // Then
        assertNotEquals(before, after);
        assertTrue(Files.exists(after));
        assertTrue(Files.notExists(before));
        assertEquals(after, apps.install(HubPart.REGISTRY));
    }

    private void put(String name, long millis) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, name);
        Files.setLastModifiedTime(file, FileTime.fromMillis(millis));
    }
}
