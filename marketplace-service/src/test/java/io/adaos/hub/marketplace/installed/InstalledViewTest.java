package io.adaos.hub.marketplace.installed;

import static io.adaos.hub.marketplace.Artifacts.atRevision;
import static io.adaos.hub.marketplace.Artifacts.installedSkill;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.contracts.id.ArtifactRef;
import io.adaos.hub.contracts.id.NodeId;
import io.adaos.hub.contracts.operation.InstalledArtifact;
import io.adaos.hub.contracts.operation.InstalledChanged;
import java.util.List;
import org.junit.jupiter.api.Test;

class InstalledViewTest {

    private static final ArtifactRef WEATHER = new ArtifactRef("skill", "weather");
    private static final NodeId KITCHEN = new NodeId("kitchen");

    @Test
    void with_artifactOnOneNode_isNotOnAnother() {
        // When
        InstalledView view = InstalledView.empty().with(
                new InstalledChanged(installedSkill("kitchen", "weather", "1.0.0"), false));

        // Then
        assertEquals("1.0.0", view.on(KITCHEN).get(WEATHER).version());
        assertTrue(view.on(NodeId.HUB).isEmpty());
    }

    @Test
    void with_olderRevision_isTheSameView() {
        // Given
        InstalledArtifact known = atRevision(installedSkill("hub", "weather", "2.0.0"), 3);
        InstalledView view = InstalledView.empty().with(new InstalledChanged(known, false));

        // When
        InstalledView after = view.with(new InstalledChanged(
                atRevision(installedSkill("hub", "weather", "1.0.0"), 2), false));

        // Then
        assertSame(view, after);
    }

    @Test
    void with_removal_takesItAwayAndASecondRemovalChangesNothing() {
        // Given
        InstalledArtifact weather = installedSkill("hub", "weather", "1.0.0");
        InstalledView view = InstalledView.empty().replacedBy(List.of(weather));
        InstalledChanged removal = new InstalledChanged(atRevision(weather, 2), true);

        // When
        InstalledView after = view.with(removal);

        // Then
        assertTrue(after.on(NodeId.HUB).isEmpty());
        assertSame(after, after.with(removal));
        assertEquals(1, view.on(NodeId.HUB).size());
    }

    @Test
    void with_removalOfAnEarlierRevision_isTheSameView() {
        // Given
        InstalledArtifact again = atRevision(installedSkill("hub", "weather", "1.0.0"), 5);
        InstalledView view = InstalledView.empty().replacedBy(List.of(again));

        // When
        InstalledView after =
                view.with(new InstalledChanged(atRevision(again, 4), true));

        // Then
        assertSame(view, after);
    }

    @Test
    void replacedBy_sameList_isTheSameView() {
        // Given
        List<InstalledArtifact> list = List.of(
                installedSkill("hub", "weather", "1.0.0"), installedSkill("hub", "air", "1.0.0"));
        InstalledView view = InstalledView.empty().replacedBy(list);

        // When
        InstalledView after = view.replacedBy(List.of(list.get(1), list.get(0)));

        // Then
        assertSame(view, after);
    }
}
