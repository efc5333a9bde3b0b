package io.adaos.hub.projection.gateway;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import io.adaos.hub.testing.TestKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** Lets further keys into the service, which reads its file again by itself. */
final class SkillKeys {

    private static final String NEVER = "2999-01-01T00:00:00Z";

    private SkillKeys() {
    }

    /** A line of the file, for a key that does not expire. */
    static String line(String raw, String subject, String scope) {
        return TestKeys.key(raw, subject, NEVER, scope);
    }

    /** Adds the lines to the known ones; back when one of the keys is taken. */
    static void letIn(Path file, List<String> lines, String oneOfThem) throws IOException {
        String known = TestKeys.file();
        Path fresh = Files.writeString(file.resolveSibling(file.getFileName() + ".new"),
                known.substring(0, known.lastIndexOf("]}")) + ",\n"
                        + String.join(",\n", lines) + "]}\n");
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        await().until(() -> given().auth().oauth2(oneOfThem)
                .get("/v1/webspaces").statusCode() == 200);
    }
}
