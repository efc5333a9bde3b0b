package io.adaos.hub.registry.push;

import static io.adaos.hub.registry.PushedArtifacts.push;
import static io.adaos.hub.registry.PushedArtifacts.pusher;
import static io.adaos.hub.registry.PushedArtifacts.skill;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.adaos.hub.testing.HubTestResource;
import io.adaos.hub.testing.TestArchives;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(HubTestResource.class)
class ArtifactPushQuarkusTest {

    @Test
    void newSkill_isPublished_andReadableEverywhere() {
        // Given
        byte[] archive = TestArchives.zip(skill("push_new", "1.0.0"));

        // When
        Response answer = pusher().header("X-Request-Id", "req-1")
                .multiPart("archive", "a.zip", archive)
                .multiPart("node_id", "hub-1")
                .post("/v1/skills");

        // Then
        answer.then().statusCode(201)
                .header("Location", startsWith("http"))
                .body("kind", is("skill"), "id", is("push_new"), "name", is("push_new"),
                        "version", is("1.0.0"), "created", is(true), "revision", is(1),
                        "correlation_id", is("req-1"), "warnings", hasSize(0),
                        "entry.publisher.owner_id", is("user:pusher"),
                        "entry.publisher.node_id", is("hub-1"),
                        "entry.source.registry", is("adaos-registry"));
        String digest = answer.path("digest");
        given().get("/v1/skills/push_new").then().statusCode(200)
                .body("digest", is(digest), "revision", is(1));
        given().get("/v1/skills/push_new/versions/1.0.0").then().statusCode(200)
                .body("digest", is(digest), "published_by", is("user:pusher"), "files", is(2));
        given().get("/v1/skills/push_new/versions").then().statusCode(200)
                .body("total", is(1), "items[0].version", equalTo("1.0.0"));
        pusher().get("/v1/skills/push_new/versions/1.0.0/manifest").then().statusCode(200)
                .body("name", is("push_new"));
        byte[] blob = pusher().get("/v1/blobs/" + digest).then().statusCode(200)
                .header("Content-Length", String.valueOf(archive.length))
                .extract().asByteArray();
        assertArrayEquals(archive, blob);
    }

    @Test
    void registryJson_afterAPush_holdsTheEntry() {
        // Given
        push("skills", TestArchives.tarGz(skill("push_tar", "0.1.0"))).then().statusCode(201);

        // When
        Response file = given().get("/registry.json");

        // Then
        file.then().statusCode(200).body("version", is(2),
                "skills.find { it.id == 'push_tar' }.version", is("0.1.0"));
        assertEquals(304, given().header("If-None-Match", file.header("ETag"))
                .get("/registry.json").statusCode());
    }
}
