package io.adaos.hub.sdk;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.contracts.id.NodeId;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.sdk.ScriptedHub.Answer;
import io.adaos.hub.sdk.SlotStatus.State;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HubSkillTest {

    private static final ProjectionSlot NOW = ProjectionSlot.of(WebspaceId.DESKTOP, "rain.now");
    private static final StreamReceiver LOG = new StreamReceiver(WebspaceId.DESKTOP, "rain.log");

    private ScriptedHub hub;
    private HubSkill skill;

    @BeforeEach
    void start() throws IOException {
        hub = new ScriptedHub();
        skill = HubSkill.connect(SkillSettings.of(hub.address(), "secret"));
    }

    @AfterEach
    void stop() {
        skill.close();
        hub.close();
    }

    @Test
    void set_givesTheDurableOutcome_andSendsWhatTheInterfaceSays() {
        // Given
        hub.then(Answer.applied(7));
        HubSkill onNode = HubSkill.connect(
                SkillSettings.of(hub.address(), "secret").on(new NodeId("kitchen")));

        // When
        SetOutcome outcome = onNode.set(NOW.scope("current_user"), Map.of("t", 21));

        // Then
        onNode.close();
        assertEquals(new SetOutcome.Applied("data/a", 7), outcome);
        ScriptedHub.Request request = hub.requests().get(0);
        assertTrue(request.line().matches("POST /v1/webspaces/desktop/projections/rain\\.now"
                + "\\?wait=durable&timeout_ms=2[0-9]{4}"), request.line());
        assertEquals("Bearer secret", request.authorization());
        assertEquals("{\"scope\":\"current_user\",\"node_id\":\"kitchen\",\"value\":{\"t\":21}}",
                request.body().toString());
    }

    @Test
    void set_ofTheConfirmedValue_isNotSent_howeverItsKeysAreOrdered() {
        // Given
        hub.then(Answer.applied(7));
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("b", 1);
        value.put("a", List.of(Map.of("y", 1, "x", 2)));
        skill.set(NOW, value);

        // When
        SetOutcome outcome = skill.set(NOW, new HashMap<>(Map.of(
                "a", List.of(new LinkedHashMap<>(Map.of("x", 2, "y", 1))), "b", 1)));

        // Then
        assertEquals(new SetOutcome.Unchanged(7), outcome);
        assertEquals(1, hub.requests().size());
        assertEquals(State.READY, skill.status(NOW).state());
        assertEquals(7, skill.status(NOW).generation().orElseThrow());
    }

    @Test
    void set_ofTheConfirmedValue_isSentAgain_whenForcedOrBelievedNoLonger() {
        // Given
        hub.then(Answer.applied(7));
        HubSkill doubting = HubSkill.connect(SkillSettings.of(hub.address(), "secret")
                .confirmedFor(Duration.ZERO));
        doubting.set(NOW, 1);
        doubting.set(NOW, 1);
        skill.set(NOW, 1);

        // When
        skill.rewriteAsync(NOW, 1).toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();

        // Then
        doubting.close();
        assertEquals(4, hub.requests().size());
        assertTrue(hub.requests().get(3).body().path("force").asBoolean());
    }

    @Test
    void set_afterARefusalOrALostAnswer_isSent_thoughItWasConfirmedBefore() {
        // Given
        hub.then(Answer.applied(1), Answer.refused(413, "payload_budget_exceeded", false, 0),
                Answer.applied(2), Answer.none(), Answer.applied(3), Answer.applied(4));
        skill.set(NOW, 1);

        // When
        SetOutcome refused = skill.set(NOW, 2);
        State afterwards = skill.status(NOW).state();
        SetOutcome again = skill.set(NOW, 1);
        SetOutcome repeated = skill.set(NOW, 2);

        // Then
        Refusal refusal = assertInstanceOf(SetOutcome.Refused.class, refused).refusal();
        assertEquals("payload_budget_exceeded", refusal.reason());
        assertEquals(State.ERROR, afterwards);
        assertEquals(new SetOutcome.Applied("data/a", 2), again);
        assertEquals(new SetOutcome.Applied("data/a", 3), repeated);
        assertEquals(List.of(1, 2, 1, 2, 2),
                hub.requests().stream().map(ScriptedHub.Request::value).toList());
    }

    @Test
    void refusalThatMayPass_isRepeatedAfterTheTimeOfTheHub() {
        // Given
        hub.then(Answer.refused(429, "write_amplification", true, 400),
                new Answer(429, "{\"code\":\"mailbox_full\",\"retryable\":true}",
                        Map.of("Retry-After", "1")),
                Answer.applied(9));

        // When
        SetOutcome outcome = skill.set(NOW, 1);

        // Then
        assertEquals(new SetOutcome.Applied("data/a", 9), outcome);
        List<ScriptedHub.Request> requests = hub.requests();
        assertTrue(requests.get(1).atMillis() - requests.get(0).atMillis() >= 399, "too early");
        assertTrue(requests.get(2).atMillis() - requests.get(1).atMillis() >= 999, "too early");
    }

    @Test
    void refusalThatLastsLongerThanTheCaller_isTold_andNotRepeated() {
        // Given
        hub.then(Answer.refused(429, "write_amplification", true, 60_000));

        // When
        SetOutcome outcome = skill.set(NOW, 1);

        // Then
        Refusal refusal = assertInstanceOf(SetOutcome.Refused.class, outcome).refusal();
        assertTrue(refusal.retryable());
        assertEquals(Duration.ofSeconds(60), refusal.retryAfter().orElseThrow());
        assertEquals(State.THROTTLED, skill.status(NOW).state());
        assertEquals(1, hub.requests().size());
    }

    @Test
    void valuesThatWait_becomeTheNewestOne_andHearOfIt() {
        // Given
        hub.hold();
        hub.then(Answer.applied(1), Answer.applied(2));
        CompletionStage<SetOutcome> first = skill.setAsync(NOW, 1);
        await().until(() -> hub.requests().size() == 1);
        List<CompletableFuture<SetOutcome>> others = IntStream.rangeClosed(2, 50)
                .mapToObj(value -> skill.setAsync(NOW, value).toCompletableFuture()).toList();

        // When
        hub.letThrough(2);

        // Then
        assertEquals(new SetOutcome.Applied("data/a", 1), join(first));
        assertEquals(new SetOutcome.Applied("data/a", 2), join(others.get(48)));
        others.subList(0, 48).forEach(other -> assertEquals(
                new SetOutcome.Coalesced(OptionalLong.of(2)), join(other)));
        assertEquals(List.of(1, 50),
                hub.requests().stream().map(ScriptedHub.Request::value).toList());
    }

    @Test
    void deferredValue_isAskedForUntilItIsDurable() {
        // Given
        String deferred = """
                {"outcome": "deferred", "level": "accepted", "reason": "write_amplification",
                 "retry_after_ms": 50}""";
        hub.then(Answer.of(202, deferred), Answer.of(202, deferred), Answer.applied(5));
        HubSkill patient = HubSkill.connect(SkillSettings.of(hub.address(), "secret")
                .within(Duration.ofMinutes(1)));

        // When
        SetOutcome outcome = patient.set(NOW, 1);

        // Then
        patient.close();
        assertEquals(new SetOutcome.Applied("data/a", 5), outcome);
        assertEquals(3, hub.requests().size());
    }

    @Test
    void hubThatDoesNotAnswer_isToldOf_andGetsTheValueWhenItIsBack() {
        // Given
        hub.then(Answer.none());
        HubSkill hasty = HubSkill.connect(SkillSettings.of(hub.address(), "secret")
                .within(Duration.ofMillis(300)));

        // When
        SetOutcome outcome = hasty.set(NOW, 1);

        // Then
        assertInstanceOf(SetOutcome.Unanswered.class, outcome);
        await()
                .until(() -> hasty.status(NOW).state() == State.STALE);
        hub.then(Answer.applied(3), Answer.applied(3));
        await()
                .until(() -> hasty.status(NOW).state() == State.READY);
        hasty.close();
    }

    @Test
    void set_isAnsweredOnAThreadOfTheClient_alsoFromItsOwnContinuations() {
        // Given
        hub.then(Answer.applied(1));
        ProjectionSlot other = ProjectionSlot.of(WebspaceId.DESKTOP, "rain.next");
        ExecutorService loop = Executors.newSingleThreadExecutor();

        // When
        SetOutcome nested = join(skill.setAsync(NOW, 1).thenApply(done -> skill.set(other, 2)));
        SetOutcome onLoop = join(CompletableFuture.supplyAsync(() -> skill.set(other, 3), loop));

        // Then
        loop.shutdown();
        assertTrue(nested.isDurable());
        assertTrue(onLoop.isDurable());
    }

    @Test
    void continuation_mayWaitForTheNextValueOfItsSlot() {
        // Given
        hub.hold();
        hub.then(Answer.applied(1), Answer.applied(2));
        CompletableFuture<CompletionStage<SetOutcome>> next = new CompletableFuture<>();
        CompletionStage<SetOutcome> chained = skill.setAsync(NOW, 1)
                .thenApply(first -> join(next.join()));
        await().until(() -> hub.requests().size() == 1);

        // When
        next.complete(skill.setAsync(NOW, 2));
        hub.letThrough(2);

        // Then
        assertEquals(new SetOutcome.Applied("data/a", 2), join(chained));
    }

    @Test
    void spacing_holdsTheNewestBack() {
        // Given
        hub.then(Answer.applied(1));
        ProjectionSlot slow = NOW.every(Duration.ofMillis(500));
        long before = System.nanoTime() / 1_000_000;
        skill.set(slow, 1);
        List<CompletionStage<SetOutcome>> later = new ArrayList<>();

        // When
        IntStream.rangeClosed(2, 9).forEach(value -> later.add(skill.setAsync(slow, value)));

        // Then
        later.forEach(each -> assertTrue(join(each).isDurable()));
        List<ScriptedHub.Request> requests = hub.requests();
        assertEquals(List.of(1, 9), requests.stream().map(ScriptedHub.Request::value).toList());
        assertTrue(requests.get(1).atMillis() - before >= 499, "too early");
    }

    @Test
    void manyCalls_areBounded_andTheRestIsRefusedAtOnce() {
        // Given
        hub.hold();
        hub.then(Answer.applied(1));

        // When
        List<CompletableFuture<SetOutcome>> all = IntStream.range(0, 2_000)
                .mapToObj(value -> skill.setAsync(NOW, value).toCompletableFuture()).toList();

        // Then
        assertEquals(976, all.stream().filter(CompletableFuture::isDone).map(HubSkillTest::join)
                .map(SetOutcome.Refused.class::cast)
                .filter(refused -> refused.refusal().reason().equals("queue_full")).count());
        hub.letThrough(10);
        assertTrue(join(all.get(1_023)).isDurable());
    }

    @Test
    void whatCannotBeSent_isRefusedWithTheWordsOfTheHub() {
        // Given
        Map<String, Object> itself = new HashMap<>();
        itself.put("me", itself);

        // When
        List<String> reasons = List.of("x".repeat(1 << 20), itself, new Object()).stream()
                .map(value -> ((SetOutcome.Refused) skill.set(NOW, value)).refusal().reason())
                .toList();

        // Then
        assertEquals(List.of("payload_budget_exceeded", "value_invalid", "value_invalid"),
                reasons);
        assertEquals(0, hub.requests().size());
    }

    @Test
    void details_goBesideTheDocument_andAreSkippedWhenConfirmed() {
        // Given
        hub.then(Answer.of(200, "{\"outcome\":\"applied\",\"level\":\"durable\","
                + "\"path\":\"details/rain.now\"}"));

        // When
        SetOutcome outcome = skill.setDetails(NOW, List.of(1, 2));

        // Then
        assertEquals(new SetOutcome.Applied("details/rain.now", 0), outcome);
        assertEquals(new SetOutcome.Unchanged(0), skill.setDetails(NOW, List.of(1, 2)));
        assertEquals("PUT /v1/webspaces/desktop/details/rain.now", hub.requests().get(0).line());
        assertEquals("[1,2]", hub.requests().get(0).body().toString());
        assertEquals(1, hub.requests().size());
    }

    @Test
    void publish_sendsTheNewestMessageOnly_andOnce() {
        // Given
        hub.hold();
        hub.then(Answer.of(200, "{\"outcome\":\"published\",\"receivers\":2}"),
                Answer.of(200, "{\"outcome\":\"coalesced\",\"sent_in_ms\":80}"));
        CompletionStage<PublishOutcome> first = skill.publishAsync(LOG, "a");
        await().until(() -> hub.requests().size() == 1);
        CompletionStage<PublishOutcome> second = skill.publishAsync(LOG, "b");
        CompletionStage<PublishOutcome> third = skill.publishAsync(LOG, "c");

        // When
        hub.letThrough(2);

        // Then
        assertEquals(new PublishOutcome.Published(2), join(first));
        assertEquals(new PublishOutcome.Overtaken(), join(second));
        assertEquals(new PublishOutcome.Coalesced(Duration.ofMillis(80)), join(third));
        assertEquals("POST /v1/webspaces/desktop/streams/rain.log", hub.requests().get(0).line());
        assertEquals("{\"payload\":\"c\"}", hub.requests().get(1).body().toString());
    }

    @Test
    void close_tellsThoseWhoWait_andTakesNothingMore() {
        // Given
        hub.hold();
        hub.then(Answer.applied(1));
        CompletionStage<SetOutcome> waiting = skill.setAsync(NOW, 1);

        // When
        skill.close();

        // Then
        assertInstanceOf(SetOutcome.Unanswered.class, join(waiting));
        assertInstanceOf(SetOutcome.Refused.class, skill.set(NOW, 2));
    }

    @Test
    void answerThatIsNone_isNoSuccess() {
        // Given
        hub.then(Answer.of(200, "\"x\""), Answer.of(502, "<html>"), Answer.applied(4));

        // When
        SetOutcome outcome = skill.set(NOW, 1);

        // Then
        assertEquals(new SetOutcome.Applied("data/a", 4), outcome);
        assertEquals(3, hub.requests().size());
    }

    @Test
    void webspaceAndAddress_areNeverAssumed() {
        // Given
        URI nowhere = URI.create("hub");

        // When
        assertThrows(NullPointerException.class, () -> ProjectionSlot.of(null, "rain.now"));

        // Then
        assertThrows(NullPointerException.class, () -> new StreamReceiver(null, "rain.log"));
        assertThrows(IllegalArgumentException.class, () -> SkillSettings.of(nowhere, "secret"));
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
    }
}
