package io.adaos.hub.projection.write.direct;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.projection.gateway.TestSocket;
import io.adaos.hub.projection.operationview.OperationsUpstream;
import io.adaos.hub.testing.HubTestResource;
import io.adaos.hub.testing.TestKeys;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Raw updates of skills and people over real sockets: where they may go, and how fast. */
@QuarkusTest
@QuarkusTestResource(HubTestResource.class)
@QuarkusTestResource(OperationsUpstream.class)
class RawWritesQuarkusTest {

    @TestHTTPResource("/")
    URI server;

    @BeforeEach
    void install() {
        RawFixture.install();
    }

    @Test
    void skill_belowItsDeclaredPath_writes_andIsReported() {
        // Given
        String webspace = RawFixture.webspace(1);
        TestSocket skill = open(webspace, TestKeys.RAW_SKILL);

        // When
        skill.putAt("data/weather/now/t", 21);

        // Then
        await().until(() -> Integer.valueOf(21).equals(
                RawFixture.state(webspace).get("document.data.weather.now.t")));
        assertTrue(skill.isOpen());
        Map<String, Object> row = RawFixture.row(webspace, "skill:painter", true);
        assertEquals(1, counter(row, "applied"));
        JsonPath last = new JsonPath(given().auth().oauth2(TestKeys.ADMIN)
                .get("/v1/governance/owners?webspace_id=" + webspace).asString());
        assertEquals("deprecated_direct_skill_yjs_write", last.get("items[0].last.reason"));
        assertEquals("direct_write", last.get("items[0].last.cause"));
        assertEquals("websocket", last.get("items[0].last.channel"));
        assertEquals(List.of("data"), last.get("items[0].last.roots"));
        String report = "items.find { it.webspace_id == '" + webspace + "' }.";
        JsonPath migration = directWrites();
        assertEquals(1, migration.getInt(report + "writes"));
        assertEquals("data/weather", migration.get(report + "paths[0].path"));
        skill.close();
    }

    @ParameterizedTest
    @CsvSource({
        "RAW_SKILL, 2, data/other/x/y, broad_branch_rewrite",
        "RAW_SKILL, 3, ui/application, broad_branch_rewrite",
        "RAW_SKILL, 4, data/desktop/installed/x, broad_branch_rewrite",
        "RAW_SKILL, 5, runtime/skills/clock/x, broad_branch_rewrite",
        "OTHER_RAW_SKILL, 6, data/sketches/x, broad_branch_rewrite",
        "RAW_PERSON, 7, data/other, broad_branch_rewrite",
        "RAW_PERSON, 8, runtime/operations/by_id, broad_branch_rewrite"})
    void update_whereItsSenderMayNotWrite_endsTheConnection_andChangesNothing(
            String key, int number, String path, String reason) {
        // Given
        String webspace = RawFixture.webspace(number);
        TestSocket writer = open(webspace, token(key));

        // When
        writer.putAt(path, 1);

        // Then
        assertEquals(4403, writer.closeCode());
        assertEquals(0, RawFixture.state(webspace).getInt("generation"));
        JsonPath row = new JsonPath(given().auth().oauth2(TestKeys.ADMIN)
                .get("/v1/governance/owners?webspace_id=" + webspace).asString());
        assertEquals(1, row.getInt("items[0].counters.refused"));
        assertEquals(reason, row.get("items[0].last.reason"));
    }

    @Test
    void client_thatComesBackWithWhatWasRefused_staysReadOnly_andIsABlocker() {
        // Given
        String webspace = RawFixture.webspace(9);
        TestSocket skill = open(webspace, TestKeys.RAW_SKILL);
        skill.putAt("data/other/x/y", 1);
        skill.closeCode();

        // When
        TestSocket again = skill.again(server, path(webspace, TestKeys.RAW_SKILL));
        again.ask().answer().putAt("data/weather/t", 3);

        // Then
        String blocker = "blockers.find { it.webspace_id == '" + webspace + "' }.";
        await().until(() -> directWrites().get(blocker + "discarded") != null
                && directWrites().getInt(blocker + "discarded") >= 1);
        assertEquals("broad_branch_rewrite", directWrites().get(blocker + "reason"));
        open(webspace, TestKeys.ADMIN).putAt("data/seen", 1);
        await().until(() -> Integer.valueOf(1).equals(again.data("seen"))
                || Long.valueOf(1).equals(again.data("seen")));
        assertTrue(again.isOpen());
        assertEquals(Map.of("seen", 1), RawFixture.state(webspace).get("document.data"));
        again.close();
    }

    @Test
    void person_writesBelowDeclaredSlots_andWithoutNewsItIsNoWrite() {
        // Given
        String webspace = RawFixture.webspace(10);
        TestSocket person = open(webspace, TestKeys.RAW_PERSON);
        TestSocket operator = open(webspace, TestKeys.ADMIN);
        operator.putAt("data/notes/first", "x");
        await().until(() -> person.data("notes") != null);

        // When
        person.putAt("data/notes/mine", "hello");
        await().until(() -> "hello".equals(
                RawFixture.state(webspace).get("document.data.notes.mine")));
        person.answer().answer();
        person.putAt("data/notes/mine", "again");

        // Then
        await().until(() -> "again".equals(
                RawFixture.state(webspace).get("document.data.notes.mine")));
        assertTrue(person.isOpen());
        assertEquals(2, counter(RawFixture.row(webspace, "user:painter", false),
                "attempted_total"));
        assertEquals(1, counter(RawFixture.row(webspace, "core:operator", false), "applied"));
        person.close();
        operator.close();
    }

    @Test
    void flood_waitsMergedIntoOne_thenIsClosedWith4429_andBalances() {
        // Given
        String webspace = RawFixture.webspace(11);
        TestSocket skill = open(webspace, TestKeys.RAW_SKILL);
        int throttled = 60;

        // When
        for (int i = 1; i <= throttled; i++) {
            skill.putAt("data/weather/t", i);
        }
        await().until(() -> Integer.valueOf(throttled).equals(
                RawFixture.state(webspace).get("document.data.weather.t")));
        boolean isOpen = skill.isOpen();
        for (int i = 0; i < 100 && skill.isOpen(); i++) {
            skill.trySend("data/weather/t", 1_000 + i);
        }

        // Then
        assertTrue(isOpen);
        assertEquals(4429, skill.closeCode());
        await().until(() -> counter(
                RawFixture.row(webspace, "skill:painter", true), "pending") == 0);
        Map<String, Object> row = RawFixture.row(webspace, "skill:painter", true);
        assertTrue(counter(row, "coalesced") > 20, row.toString());
        assertTrue(counter(row, "throttled_total") > 20, row.toString());
        assertTrue(counter(row, "blocked_total") >= 1, row.toString());
        assertEquals(counter(row, "attempted_total"),
                counter(row, "applied") + counter(row, "coalesced") + counter(row, "refused"));
    }

    private TestSocket open(String webspace, String token) {
        return TestSocket.open(server, path(webspace, token)).ask();
    }

    private static String path(String webspace, String token) {
        return "/yws/" + webspace + "?token=" + token;
    }

    private static String token(String name) {
        return switch (name) {
            case "RAW_SKILL" -> TestKeys.RAW_SKILL;
            case "OTHER_RAW_SKILL" -> TestKeys.OTHER_RAW_SKILL;
            default -> TestKeys.RAW_PERSON;
        };
    }

    private static JsonPath directWrites() {
        return given().auth().oauth2(TestKeys.ADMIN)
                .get("/v1/governance/direct-writes?limit=500").jsonPath();
    }

    @SuppressWarnings("unchecked")
    private static int counter(Map<String, Object> row, String name) {
        return ((Map<String, Integer>) row.get("counters")).get(name);
    }
}
