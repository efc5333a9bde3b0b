package io.adaos.hub.projection.rules.follow;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.contracts.bus.HubSubjects;
import io.adaos.hub.contracts.id.ArtifactRef;
import io.adaos.hub.contracts.id.NodeId;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.operationview.InstalledShelf;
import io.adaos.hub.projection.operationview.OperationsUpstream;
import io.adaos.hub.projection.rules.Resolution;
import io.adaos.hub.projection.rules.RuleBook;
import io.adaos.hub.projection.rules.RuleQuery;
import io.adaos.hub.runtime.bus.EventCodec;
import io.adaos.hub.testing.HubTestResource;
import io.adaos.hub.testing.TestKeys;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Subscription;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Follows a real upstream with a real store, and says on both ways what counts. */
@QuarkusTest
@QuarkusTestResource(HubTestResource.class)
@QuarkusTestResource(OperationsUpstream.class)
class InstalledRulesQuarkusTest {

    @Inject
    InstalledRulesService rules;

    @Inject
    HttpRuleSources sources;

    @Inject
    PgRuleStore store;

    @Inject
    NatsRulesPublisher publisher;

    private final InstalledShelf upstream = OperationsUpstream.get().shelf();
    private final ArtifactRef skill = named("skill");

    @AfterEach
    void heal() {
        upstream.registryAway(false);
    }

    @Test
    void installedSkill_isLoaded_toldOnTheBus_andReadable() throws Exception {
        // Given
        upstream.publish(skill, "1.0.0", "a=data/x/a", "b=data/x/b");
        Connection bus = OperationsUpstream.get().connection();
        Subscription told = bus.subscribe(HubSubjects.rulesLoaded(skill));
        bus.flush(Duration.ofSeconds(5));
        int before = confirmed(skill).statusCode();

        // When
        upstream.install(skill, "1.0.0");
        awaitVersion(skill, "1.0.0");

        // Then
        assertEquals(404, before);
        Response answer = confirmed(skill);
        assertEquals(2, answer.<Integer>path("projections"));
        assertEquals("rules_not_loaded", confirmed(named("skill")).path("code"));
        assertEquals(401, given().get("/v1/projections/rules/skill/x").statusCode());
        assertEquals("data/x/b", path(rules.book(), "b"));
        Message message = told.nextMessage(Duration.ofSeconds(30));
        assertEquals("1.0.0",
                EventCodec.decode(message.getData()).data().path("version").asText());
    }

    @Test
    void newVersion_replacesTheLayerAtOnce_andTheOldOneCountsUntilThen() {
        // Given
        String slot = "s" + skill.id();
        install("1.0.0", slot + "=data/x/old", slot + ".gone=data/x/gone");
        upstream.publish(skill, "2.0.0", slot + "=data/x/new");
        List<String> seen = new CopyOnWriteArrayList<>();
        rules.watch((before, after) ->
                seen.add(path(after, slot) + ' ' + path(after, slot + ".gone")));
        upstream.registryAway(true);

        // When
        upstream.install(skill, "2.0.0");
        await().until(() -> rules.book().pending().contains(skill));
        String meanwhile = path(rules.book(), slot);
        upstream.registryAway(false);
        awaitVersion(skill, "2.0.0");

        // Then
        assertEquals("data/x/old", meanwhile);
        await().until(() -> seen.contains("data/x/new Missing"));
        assertTrue(seen.stream().allMatch(state -> state.equals("data/x/old data/x/gone")
                || state.startsWith("data/x/new ")), seen::toString);
    }

    @Test
    void uninstalledSkill_losesItsRules() {
        // Given
        String slot = "s" + skill.id();
        install("1.0.0", slot + "=data/x/a");

        // When
        upstream.uninstall(skill);

        // Then
        await().until(() -> confirmed(skill).statusCode() == 404);
        assertEquals("Missing", path(rules.book(), slot));
    }

    @Test
    void versionWithoutManifest_isNotConfirmed_andDoesNotHoldUpTheOthers() {
        // Given
        ArtifactRef other = named("skill");
        upstream.publish(other, "1.0.0", "x=data/x/a");

        // When
        upstream.install(skill, "9.9.9");
        upstream.install(other, "1.0.0");

        // Then
        awaitVersion(other, "1.0.0");
        await().until(() -> rules.book().layer(skill).isPresent());
        assertEquals(404, confirmed(skill).statusCode());
        assertEquals(false, rules.book().layer(skill).orElseThrow().manifestAvailable());
        upstream.uninstall(skill);
        await().until(() -> rules.book().pending().isEmpty());
    }

    @Test
    void scenario_isSwitchedByThoseWhoMay_andOutlivesTheProcess_alsoWithoutRegistry() {
        // Given
        String slot = "s" + skill.id();
        install("1.0.0", slot + "=data/x/skill");
        ArtifactRef second = named("skill");
        upstream.publish(second, "1.0.0", slot + ".low=data/x/second");
        upstream.install(second, "1.0.0");
        awaitVersion(second, "1.0.0");
        ArtifactRef scenario = named("scenario");
        upstream.publish(scenario, "1.0.0", slot + "=data/x/scenario");
        upstream.install(scenario, "1.0.0");
        awaitVersion(scenario, "1.0.0");

        // When
        Response switched = post(TestKeys.ADMIN, "desktop", scenario.id());

        // Then
        assertEquals(200, switched.statusCode(), switched.asString());
        assertEquals("1.0.0", switched.path("version"));
        assertEquals("data/x/scenario", path(rules.book(), slot));
        assertEquals(scenario.id(), given().auth().oauth2(TestKeys.READER)
                .get("/v1/webspaces/default/scenario").path("scenario_id"));

        upstream.registryAway(true);
        RuleBook restored = restarted();
        assertEquals("data/x/scenario", path(restored, slot));
        assertEquals(rules.book().layer(skill), restored.layer(skill));
        assertTrue(restored.layer(skill).orElseThrow().position()
                < restored.layer(second).orElseThrow().position());
    }

    @Test
    void scenario_isNotSwitched_forThoseWhoMayNot_norToWhatIsNotThere() {
        // Given
        String unknown = named("scenario").id();

        // When
        List<String> answers = List.of(
                code(post(TestKeys.READER, "desktop", unknown)),
                code(post(TestKeys.ADMIN, "desktop", unknown)),
                code(post(TestKeys.ADMIN, "desktop", "../x")),
                code(post(TestKeys.ADMIN, "no such", unknown)),
                code(given().auth().oauth2(TestKeys.ADMIN).contentType("application/json")
                        .body("{}").post("/v1/webspaces/desktop/scenario")),
                code(given().get("/v1/webspaces/desktop/scenario")),
                code(given().auth().oauth2(TestKeys.ADMIN).get("/v1/webspaces/dev/scenario")));

        // Then
        assertEquals(List.of("forbidden", "artifact_not_found", "request_invalid",
                "webspace_unknown", "request_invalid", "unauthenticated", "not_found"), answers);
    }

    @Test
    void scenario_ofAWebspaceThatIsNotThere_isRefusedByTheStore() {
        // Given
        ArtifactRef scenario = named("scenario");
        upstream.publish(scenario, "1.0.0", "x=data/x/y");
        upstream.install(scenario, "1.0.0");
        awaitVersion(scenario, "1.0.0");

        // When
        Response answer = post(TestKeys.ADMIN, "nowhere", scenario.id());

        // Then
        assertEquals("webspace_unknown", code(answer));
    }

    /** The book of another process over the same store and sources, once it is complete. */
    private RuleBook restarted() {
        InstalledRulesService process = new InstalledRulesService(sources, store, publisher);
        String atFirst = path(process.book(), "any");
        process.onStart(null);
        await().until(() -> process.book().isComplete());
        process.onStop(null);
        assertEquals("Unavailable", atFirst);
        return process.book();
    }

    private void install(String version, String... slots) {
        upstream.publish(skill, version, slots);
        upstream.install(skill, version);
        awaitVersion(skill, version);
    }

    private static void awaitVersion(ArtifactRef ref, String version) {
        await().until(() -> version.equals(confirmed(ref).path("version")));
    }

    private static Response confirmed(ArtifactRef ref) {
        return given().auth().oauth2(TestKeys.SERVICE)
                .get("/v1/projections/rules/" + ref.kind() + '/' + ref.id());
    }

    private static Response post(String key, String webspace, String scenario) {
        return given().auth().oauth2(key).contentType("application/json")
                .body("{\"scenario_id\":\"" + scenario + "\"}")
                .post("/v1/webspaces/{webspace}/scenario", webspace);
    }

    private static String code(Response answer) {
        return answer.path("code");
    }

    private static String path(RuleBook book, String slot) {
        Resolution answer = book.resolve(new RuleQuery(Optional.of(WebspaceId.DESKTOP),
                "webspace", slot, NodeId.HUB, Optional.empty()));
        return answer instanceof Resolution.Found found
                ? String.join("/", found.path()) : answer.getClass().getSimpleName();
    }

    private static ArtifactRef named(String kind) {
        return new ArtifactRef(kind, kind + '-' + UUID.randomUUID().toString().substring(0, 8));
    }
}
