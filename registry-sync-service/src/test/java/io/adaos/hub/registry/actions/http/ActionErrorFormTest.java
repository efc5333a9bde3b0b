package io.adaos.hub.registry.actions.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.adaos.hub.contracts.error.FieldProblem;
import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.contracts.error.Problem;
import io.adaos.hub.runtime.http.HubJson;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActionErrorFormTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "null", value = {
        "null | false",
        "*/* | false",
        "application/json | false",
        "application/problem+json | true",
        "application/problem+json, application/json | true",
        "application/json, application/problem+json | false",
        "*/*, application/problem+json | true",
        "application/problem+json;q=0.5, application/json | false",
        "application/problem+json, application/json;q=0.9 | true",
        "application/problem+json;q=0 | false",
        "application/problem+json;q=x, */* | false",
        "text/html, Application/Problem+JSON | true"
    })
    void problem_isGiven_toWhoeverWantsItMore(String accept, boolean isWanted) {
        // When
        boolean answer = ActionErrorForm.isProblemWanted(accept);

        // Then
        assertEquals(isWanted, answer);
    }

    @Test
    void envelope_hasCodeMessageAndDetails() throws JsonProcessingException {
        // Given
        Problem plain = Problem.of(
                new HubException(HubErrorCode.UNAUTHENTICATED, "no credential"), "c");
        Problem faulty = Problem.of(new HubException(HubErrorCode.VALIDATION_ERROR, "wrong",
                List.of(new FieldProblem("/a", "missing", "m", "r"))), "c");

        // When
        String bare = HubJson.mapper().writeValueAsString(ActionErrorForm.envelope(plain));
        String full = HubJson.mapper().writeValueAsString(ActionErrorForm.envelope(faulty));

        // Then
        assertEquals("{\"error\":{\"code\":\"UNAUTHORIZED\",\"message\":\"no credential\","
                + "\"details\":null}}", bare);
        assertEquals("{\"error\":{\"code\":\"VALIDATION_ERROR\",\"message\":\"wrong\","
                + "\"details\":{\"errors\":[{\"path\":\"/a\",\"code\":\"missing\","
                + "\"message\":\"m\",\"remedy\":\"r\"}]}}}", full);
    }
}
