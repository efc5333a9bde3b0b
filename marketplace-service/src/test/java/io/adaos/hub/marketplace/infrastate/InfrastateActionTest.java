package io.adaos.hub.marketplace.infrastate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.adaos.hub.marketplace.infrastate.InfrastateAction.Install;
import io.adaos.hub.marketplace.infrastate.InfrastateAction.Unusable;
import io.adaos.hub.marketplace.infrastate.InfrastateAction.Update;
import io.adaos.hub.runtime.http.HubJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InfrastateActionTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{'kind':'skill','id':'w'}                                         | skill:w    | hub",
        "{'target_kind':'scenario','target_id':'w'}                        | scenario:w | hub",
        "{'kind':'skill','id':'w','target_node_id':'kitchen'}              | skill:w    | kitchen",
        "{'kind':'skill','id':'w','node_id':'kitchen'}                     | skill:w    | kitchen",
    })
    void install_everyFormOfTheTarget_isUnderstood(String value, String target, String node) {
        // When
        InfrastateAction action =
                read("{'id':'marketplace_install','request_id':'r1','value':" + value + "}");

        // Then
        Install install = (Install) action;
        assertEquals(target, install.target().toString());
        assertEquals(node, install.place().node().value());
        assertEquals("desktop", install.place().webspace().value());
        assertEquals("r1", install.place().requestId().orElseThrow());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{}                                                    | action_requires_id",
        "{'id':7}                                              | action_unknown",
        "{'id':'reboot'}                                       | action_unknown",
        "{'id':'marketplace'}                                  | action_unknown",
        "{'id':'marketplace_install'}                     | marketplace_install_requires_target",
        "{'id':'marketplace_install','value':'w'}         | marketplace_install_requires_target",
        "{'id':'marketplace_install','value':{'id':'w'}}  | marketplace_install_requires_target",
        "{'id':'marketplace_install','value':{'kind':'app','id':'w'}}"
                + "| marketplace_install_requires_target",
        "{'id':'marketplace_install','value':{'kind':'skill','id':'../w'}}"
                + "| marketplace_install_requires_target",
        "{'id':'adaos_update','webspace_id':'a b'}             | request_invalid",
        "{'id':'adaos_update','node_id':'../n'}                | request_invalid",
    })
    void read_whatCannotBeDone_saysWhy(String body, String error) {
        // When
        Unusable unusable = (Unusable) read(body);

        // Then
        assertEquals(error, unusable.error());
        assertTrue(unusable.detail().length() > 10, unusable.detail());
    }

    @Test
    void update_webspaceAlias_isItsName() {
        // When
        Update update = (Update) read("{'id':'adaos_update','webspace_id':'default'}");

        // Then
        assertEquals("desktop", update.place().webspace().value());
        assertTrue(update.place().requestId().isEmpty());
    }

    private static InfrastateAction read(String json) {
        try {
            return InfrastateAction.read(HubJson.mapper().readTree(json.replace('\'', '"')));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
