package io.adaos.hub.registry.actions.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActionVersionOrderTest {

    @ParameterizedTest
    @ValueSource(strings = {
        "1.9.0 1.10.0",
        "2.0.0-rc.1 1.0.0",
        "1.0 v2 0.0.1",
        "1.0 1.0.0-alpha 1.0.0-alpha.9 1.0.0-alpha.10 1.0.0-beta 0.1.0",
        "01.2.3 1.2.4 1.02.5",
        "1.0.² 9.9.9-x 0.0.0",
        "0.0.9 99999999999999999999.0.0 100000000000000000000.0.0"
    })
    void versions_ofAnyArrival_haveOneOrder(String ascending) {
        // Given
        List<String> wanted = Arrays.asList(ascending.split(" "));
        List<String> arrived = new ArrayList<>(wanted);
        Collections.shuffle(arrived, new Random(7));

        // When
        arrived.sort(ActionVersionOrder.COMPARATOR);

        // Then
        assertEquals(wanted, arrived);
    }

    @Test
    void action_showsItsHighestVersion_withThatOnesDescription() {
        // Given
        ActionGroups groups = new ActionGroups();
        groups.add("b", "1.10.0", "\"new\"");
        groups.add("a", "v1", null);
        groups.add("b", "1.9.0", "\"old\"");

        // When
        List<ActionItem> items = groups.items();

        // Then
        assertEquals(List.of(
                new ActionItem("b", "1.10.0", List.of("1.9.0", "1.10.0"), "\"new\""),
                new ActionItem("a", "v1", List.of("v1"), null)), items);
    }
}
