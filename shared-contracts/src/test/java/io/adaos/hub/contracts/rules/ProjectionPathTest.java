package io.adaos.hub.contracts.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.contracts.id.ArtifactRef;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectionPathTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "data/weather|data,weather",
        "y:data/weather/current|data,weather,current",
        "data/home.v1/a b|data,home.v1,a b",
        "ui/a~1b/c~0d|ui,a/b,c~d",
        "ui/~01/x|ui,~1,x",
        "devices/камера/😀|devices,камера,😀"})
    void text_isReadWithItsEscapes_andWrittenBack(String text, String segments) {
        // Given
        List<String> expected = List.of(segments.split(","));

        // When
        ProjectionPath path = ProjectionPath.parse(text);

        // Then
        assertEquals(expected, path.segments());
        assertEquals(text.startsWith("y:") ? text.substring(2) : text, path.text());
        assertEquals(path, ProjectionPath.parse(path.text()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "data", "y:data", "/data/x", "data//x", "data/x/", "data/ ",
        "Data/x", "data.x", "other/x", "data/a~2b", "data/a~", "data/__proto__", "data/\u0000",
        "data/\ud800", "data/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p"})
    void text_thatIsNoPath_isRefusedWithAReason(String text) {
        // Given
        String refused = text;

        // When
        IllegalArgumentException refusal = assertThrows(
                IllegalArgumentException.class, () -> ProjectionPath.parse(refused));

        // Then
        assertTrue(refusal.getMessage().length() > 10, refusal.getMessage());
    }

    @Test
    void longSegmentAndText_areRefused() {
        // Given
        String longest = "data/" + "a".repeat(128);

        // When
        ProjectionPath taken = ProjectionPath.parse(longest);

        // Then
        assertEquals(128, taken.segments().get(1).length());
        assertThrows(IllegalArgumentException.class, () -> ProjectionPath.parse(longest + "a"));
        assertThrows(IllegalArgumentException.class,
                () -> ProjectionPath.parse(("data" + "/aaaaaaaaa".repeat(120))));
    }

    @ParameterizedTest
    @CsvSource({
        "data/a,data/a,true", "data/a,data/a/b,true", "data/a/b,data/a,true",
        "data/a,data/ab,false", "data/a/b,data/a/c,false", "ui/a,data/a,false",
        "data/p/{user_id}/s,data/p/admin/s,true", "data/p/{user_id}/s,data/p/admin/t,false",
        "data/u_{user_id},data/u_7/x,true", "data/u_{user_id},data/v_7,false",
        "data/{user_id}_x,data/7_y,false", "data/{user_id},data/a_{user_id},true"})
    void paths_touch_whenOneCanBeAPrefixOfTheOther(String one, String other, boolean touch) {
        // Given
        ProjectionPath first = ProjectionPath.parse(one);
        ProjectionPath second = ProjectionPath.parse(other);

        // When
        boolean found = first.mayTouch(second);

        // Then
        assertEquals(touch, found);
        assertEquals(touch, second.mayTouch(first));
    }

    @ParameterizedTest
    @CsvSource({
        "data/weather,true", "data/weather/current,true", "ui/current_scenario,true",
        "registry/mine/x,true", "devices/cam,true", "runtime/skills/rain/cache,true",
        "runtime/skills/rain,true", "runtime/environment/x,true", "data/desktop/pins,true",
        "data/nlu/last,true", "ui/application/modals/x,true", "data/nodesx,true",
        "runtime/operations,false", "runtime/operations/by_id/x,false",
        "runtime/notifications,false", "runtime/status/x,false", "runtime/skills,false",
        "runtime/skills/other/x,false", "data/desktop,false", "data/desktop/toasts,false",
        "data/desktop/toasts/0,false", "data/nodes,false", "data/nodes/hub/x,false",
        "data/catalog,false", "data/webio,false", "ui/application,false",
        "ui/application/modals,false", "registry/merged,false"})
    void branches_ofTheHubAndOfAll_areNoPlaceForARule(String path, boolean allowed) {
        // Given
        ArtifactRef owner = new ArtifactRef("skill", "rain");

        // When
        Optional<String> fault =
                DocumentBranches.fault(ProjectionPath.parse(path), Optional.of(owner));

        // Then
        assertEquals(allowed, fault.isEmpty(), fault::toString);
    }

    @Test
    void privateBranchOfASkill_isNotForAScenarioOfTheSameName() {
        // Given
        ProjectionPath path = ProjectionPath.parse("runtime/skills/rain/x");

        // When
        Optional<String> fault = DocumentBranches.fault(
                path, Optional.of(new ArtifactRef("scenario", "rain")));

        // Then
        assertTrue(fault.isPresent());
        assertTrue(DocumentBranches.fault(path, Optional.empty()).isPresent());
    }
}
