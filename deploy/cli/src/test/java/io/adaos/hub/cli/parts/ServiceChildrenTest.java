package io.adaos.hub.cli.parts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.cli.HubHome;
import io.adaos.hub.cli.data.DataFolder;
import io.adaos.hub.cli.data.HubAddress;
import io.adaos.hub.cli.data.HubKeys;
import io.adaos.hub.cli.data.HubPart;
import io.adaos.hub.cli.data.SecretFiles;
import io.adaos.hub.cli.supervise.ChildSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceChildrenTest {

    @TempDir
    Path root;

    @Test
    void children_ofOneHub_getTheDocumentedEnvironment() throws IOException {
        // Given
        DataFolder data = new DataFolder(root.resolve("data"));
        data.create();
        HubHome home = new HubHome(root, Map.of());
        for (HubPart service : HubPart.services()) {
            Path app = root.resolve(service.processName()).resolve("target/quarkus-app");
            Files.createDirectories(app);
            Files.writeString(app.resolve("quarkus-run.jar"), "");
        }
        ServiceChildren services = new ServiceChildren(data, new HubAddress("127.0.0.1", 9_000),
                new HubKeys(new SecretFiles(data)), "nats://hub:pw@127.0.0.1:9005");

        // When
        List<ChildSpec> children = services.children(new AppFolder(home, data),
                PgUrl.of("hub", "pw", "127.0.0.1:9006"));

        // Then
        Map<String, String> operations = children.get(2).environment();
        assertEquals("operations-service", children.get(2).name());
        assertEquals("9003", operations.get("QUARKUS_HTTP_PORT"));
        assertEquals("127.0.0.1", operations.get("QUARKUS_HTTP_HOST"));
        assertFalse(operations.containsKey("QUARKUS_VERTX_EVENT_LOOPS_POOL_SIZE"));
        assertTrue(Integer.parseInt(children.get(3).environment()
                .get("QUARKUS_VERTX_EVENT_LOOPS_POOL_SIZE")) >= 1);
        assertEquals("postgresql://hub:pw@127.0.0.1:9006/hub_operations",
                operations.get("DATABASE_URL"));
        assertEquals("nats://hub:pw@127.0.0.1:9005", operations.get("HUB_NATS_URL"));
        assertEquals("http://127.0.0.1:9001", operations.get("HUB_REGISTRY_URL"));
        assertEquals("http://127.0.0.1:9004", operations.get("HUB_PROJECTION_URL"));
        assertTrue(operations.get("HUB_HTTP_ORIGINS").contains("http://127.0.0.1:9004"));
        assertEquals(data.workspace().toString(), operations.get("HUB_WORKSPACE_DIR"));
        assertEquals(data.uploads().toString(),
                children.get(0).environment().get("HUB_PUSH_TEMP_DIR"));
        assertTrue(operations.get("HUB_SERVICE_KEY_FILE").endsWith("operations-service.key"));
        assertFalse(children.get(1).environment().containsKey("DATABASE_URL"));
    }
}
