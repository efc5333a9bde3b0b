package io.adaos.hub.projection.rules;

import static io.adaos.hub.projection.rules.RuleBooks.rules;
import static io.adaos.hub.projection.rules.RuleBooks.scenario;
import static io.adaos.hub.projection.rules.RuleBooks.skill;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.adaos.hub.contracts.id.ArtifactRef;
import io.adaos.hub.contracts.id.NodeId;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.contracts.rules.ProjectionRule;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RuleBookTest {

    private static final WebspaceId DEV = new WebspaceId("dev");
    private static final ArtifactRef HOME = new ArtifactRef("scenario", "home");

    @Test
    void order_isActiveScenario_thenTheSkillRegisteredLast_thenTheHub() {
        // Given
        RuleBook book = RuleBook.unread(List.of(rules(
                        "a=data/base/a", "b=data/base/b", "c=data/base/c", "d=data/base/d")))
                .completed()
                .with(skill("first", 1, rules("a=data/first/a", "b=data/first/b",
                        "c=data/first/c")))
                .with(skill("second", 2, rules("a=data/second/a", "b=data/second/b")))
                .with(scenario("home", rules("a=data/home/a")))
                .with(scenario("other", rules("d=data/other/d")))
                .withScenarios(Map.of(WebspaceId.DESKTOP, HOME));

        // When
        List<String> found = List.of(path(book, "a"), path(book, "b"), path(book, "c"),
                path(book, "d"), path(book, "e"));

        // Then
        assertEquals(List.of("data/home/a", "data/second/b", "data/first/c", "data/base/d",
                "Missing"), found);
    }

    @Test
    void scenario_isSwitchedAsAWhole_andOnlyInItsWebspace() {
        // Given
        RuleBook before = RuleBooks.of(skill("s", 1, rules("a=data/s/a")),
                        scenario("home", rules("a=data/home/a", "b=data/home/b")),
                        scenario("office", rules("b=data/office/b")))
                .withScenarios(Map.of(WebspaceId.DESKTOP, HOME));

        // When
        RuleBook after = before.withScenarios(
                Map.of(WebspaceId.DESKTOP, new ArtifactRef("scenario", "office"), DEV, HOME));

        // Then
        assertEquals("data/home/a data/home/b", path(before, "a") + ' ' + path(before, "b"));
        assertEquals("data/s/a data/office/b", path(after, "a") + ' ' + path(after, "b"));
        assertEquals("data/home/a", path(after, "a", DEV));
        assertEquals("data/s/a", path(before, "a", DEV));
    }

    @Test
    void activeScenario_thatIsNotInstalled_leavesTheSkills_andWorksOnceItIs() {
        // Given
        RuleBook without = RuleBooks.of(skill("s", 1, rules("a=data/s/a")))
                .withScenarios(Map.of(WebspaceId.DESKTOP, HOME));

        // When
        RuleBook with = without.with(scenario("home", rules("a=data/home/a")));

        // Then
        assertEquals("data/s/a", path(without, "a"));
        assertEquals("data/home/a", path(with, "a"));
    }

    @Test
    void reactivatedSkill_keepsItsPosition_andItsOldRulesAreGone() {
        // Given
        RuleBook book = RuleBooks.of(skill("first", 1, rules("a=data/first/a", "x=data/first/x")),
                skill("second", 2, rules("a=data/second/a")));

        // When
        RuleBook again = book.with(skill("first", 1, rules("a=data/first/new")));

        // Then
        assertEquals("data/second/a", path(again, "a"));
        assertEquals("Missing", path(again, "x"));
    }

    @Test
    void withdrawnSkill_uncoversTheOneBelow() {
        // Given
        RuleBook book = RuleBooks.of(skill("first", 1, rules("a=data/first/a")),
                skill("second", 2, rules("a=data/second/a", "b=data/second/b")));

        // When
        RuleBook left = book.retaining(Set.of(new ArtifactRef("skill", "first")));

        // Then
        assertEquals("data/first/a Missing", path(left, "a") + ' ' + path(left, "b"));
    }

    @Test
    void targets_areChosenByWebspace() {
        // Given
        RuleBook book = RuleBooks.of(skill("s", 1, rules(
                "a=data/dev/a@dev", "a=data/any/a", "b=data/b@dev", "c=data/c@default")));

        // When
        List<String> found = List.of(path(book, "a", DEV), path(book, "a"), path(book, "b"));

        // Then
        assertEquals(List.of("data/dev/a", "data/any/a", "data/b"), found);
        assertEquals(WebspaceId.DESKTOP, found(book, "b", Optional.of(WebspaceId.DESKTOP))
                .webspace());
        assertEquals(DEV, found(book, "b", Optional.empty()).webspace());
        assertEquals(WebspaceId.DESKTOP, found(book, "c", Optional.empty()).webspace());
        assertEquals(WebspaceId.DESKTOP, found(book, "a", Optional.empty()).webspace());
    }

    @Test
    void scopes_areDifferentSlots() {
        // Given
        ProjectionRule rule = rules("a=data/a")[0];
        RuleBook book = RuleBooks.of(skill("s", 1, rule));

        // When
        Resolution answer = book.resolve(new RuleQuery(Optional.empty(), "subnet", "a",
                NodeId.HUB, Optional.empty()));

        // Then
        assertInstanceOf(Resolution.Missing.class, answer);
    }

    @Test
    void bookThatIsNotComplete_answersUnavailable_andSoDoesAMissWhileALayerIsToCome() {
        // Given
        RuleBook unread = RuleBook.unread(List.of()).with(skill("s", 1, rules("a=data/s/a")));

        // When
        RuleBook waiting = unread.completed()
                .waitingFor(Set.of(new ArtifactRef("skill", "late")));

        // Then
        assertEquals("Unavailable", path(unread, "a"));
        assertEquals("data/s/a", path(waiting, "a"));
        assertEquals("Unavailable", path(waiting, "b"));
        assertEquals("Missing", path(waiting.with(skill("late", 2)), "b"));
        assertEquals("Missing", path(waiting.retaining(Set.of()), "b"));
    }

    private static String path(RuleBook book, String slot) {
        return path(book, slot, WebspaceId.DESKTOP);
    }

    private static String path(RuleBook book, String slot, WebspaceId webspace) {
        Resolution answer = book.resolve(query(slot, Optional.of(webspace)));
        return answer instanceof Resolution.Found found
                ? String.join("/", found.path()) : answer.getClass().getSimpleName();
    }

    private static Resolution.Found found(
            RuleBook book, String slot, Optional<WebspaceId> webspace) {
        return (Resolution.Found) book.resolve(query(slot, webspace));
    }

    private static RuleQuery query(String slot, Optional<WebspaceId> webspace) {
        return new RuleQuery(webspace, "webspace", slot, NodeId.HUB, Optional.empty());
    }
}
