package io.adaos.hub.registry.upload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.registry.PushedArtifacts;
import io.adaos.hub.testing.HubTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(HubTestResource.class)
@QuarkusTestResource(value = LeftUploads.class, restrictToAnnotatedClass = true)
class UploadSweepQuarkusTest {

    @Test
    void service_hasDeletedAtItsStart_whatAKilledOneHadLeft() throws IOException {
        // Given
        Config config = ConfigProvider.getConfig();
        Path root = config.getValue("hub.push.temp-dir", Path.class);
        Path left = config.getValue("test.left-upload", Path.class);
        PushedArtifacts.pushSkill("swept_skill", "1.0.0").then().statusCode(201);

        // When
        List<Path> folders;
        try (Stream<Path> found = Files.list(root)) {
            folders = found.toList();
        }

        // Then
        assertFalse(Files.exists(left));
        assertEquals(1, folders.size(), folders.toString());
        assertTrue(Files.exists(folders.get(0).resolve("in-use.lock")));
    }
}
