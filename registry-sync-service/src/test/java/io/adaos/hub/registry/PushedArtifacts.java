package io.adaos.hub.registry;

import static io.restassured.RestAssured.given;

import io.adaos.hub.testing.TestArchives;
import io.adaos.hub.testing.TestKeys;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The requests a publisher makes, for tests. */
public final class PushedArtifacts {

    private static final int PLAIN = 0100644;
    private static final int EXECUTABLE = 0100755;

    private PushedArtifacts() {
    }

    /** A request with the credential that may push. */
    public static RequestSpecification pusher() {
        return with(TestKeys.PUSHER);
    }

    /** A request with any credential. */
    public static RequestSpecification with(String key) {
        return given().header("Authorization", "Bearer " + key);
    }

    /** Pushes an archive as a form. */
    public static Response push(String kinds, byte[] archive) {
        return pusher().multiPart("archive", "artifact.bin", archive).post("/v1/" + kinds);
    }

    /** Pushes a skill of two files. */
    public static Response pushSkill(String name, String version) {
        return push("skills", TestArchives.zip(skill(name, version)));
    }

    /** Pushes an archive as JSON, with these members beside it. */
    public static Response pushJson(String kinds, byte[] archive, Map<String, Object> members) {
        Map<String, Object> body = new LinkedHashMap<>(members);
        body.put("archive_b64", Base64.getEncoder().encodeToString(archive));
        return pusher().contentType("application/json").body(body).post("/v1/" + kinds);
    }

    /** Files of a skill in a folder of its name. */
    public static Map<String, String> skill(String name, String version) {
        return skill(name, version, "");
    }

    /** The same with more lines in its manifest. */
    public static Map<String, String> skill(String name, String version, String more) {
        Map<String, String> files = new LinkedHashMap<>();
        files.put(name + "/skill.yaml", "name: " + name + "\nversion: " + version + '\n' + more);
        files.put(name + "/handlers/main.py", "print('" + name + "')\n");
        return files;
    }

    /** A manifest in a folder, packed. */
    public static byte[] withManifest(String file, String text) {
        return TestArchives.zip(Map.of("sample/" + file, text));
    }

    /** A folder with all that is in it, packed with the folder at the top. */
    public static byte[] packed(Path folder) {
        TestArchives.ZipBuilder zip = new TestArchives.ZipBuilder();
        try (Stream<Path> found = Files.walk(folder)) {
            List<Path> files = found.filter(Files::isRegularFile).sorted().toList();
            for (Path file : files) {
                String path = folder.getFileName() + "/"
                        + folder.relativize(file).toString().replace('\\', '/');
                zip.file(path, Files.readAllBytes(file),
                        Files.isExecutable(file) ? EXECUTABLE : PLAIN);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return zip.bytes();
    }
}
