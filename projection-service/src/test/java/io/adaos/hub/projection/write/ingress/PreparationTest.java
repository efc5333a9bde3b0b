package io.adaos.hub.projection.write.ingress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.contracts.rules.ProjectionMode;
import io.adaos.hub.contracts.rules.ProjectionPath;
import io.adaos.hub.contracts.rules.ProjectionRule;
import io.adaos.hub.contracts.rules.RuleBudget;
import io.adaos.hub.projection.room.branch.BranchWrite;
import io.adaos.hub.projection.rules.RuleBook;
import io.adaos.hub.projection.rules.RuleBooks;
import io.adaos.hub.projection.write.body.BodyReader;
import io.adaos.hub.projection.write.ingress.Preparation.Prepared;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreparationTest {

    private static final RuleBook BOOK = RuleBooks.of(
            RuleBooks.skill("weather", 1,
                    rule("subnet", "now", "data/weather/now", RuleBudget.DEFAULT),
                    rule("webspace", "small", "data/weather/small",
                            new RuleBudget(20, 2, 2, 8)),
                    rule("current_user", "mine", "data/weather/of/{user_id}",
                            RuleBudget.DEFAULT)),
            RuleBooks.skill("clock", 2,
                    rule("subnet", "shared", "data/clock/shared", RuleBudget.DEFAULT)),
            RuleBooks.skill("other", 3,
                    rule("subnet", "shared", "data/other/shared", RuleBudget.DEFAULT)));

    private final Preparation preparation = new Preparation(BOOK);

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "skill:weather | now    | {\"value\": 1}",
        "skill:weather | now    | {\"value\": {\"a\": [null, true]}, \"node_id\": \"kitchen\"}",
        "user:ann      | now    | {\"value\": 1}",
        "skill:clock   | shared | {\"value\": 1}",
        "user:ann      | mine   | {\"value\": 1, \"scope\": \"current_user\"}",
        "service:x     | small  | {\"value\": 1, \"scope\": \"webspace\"}"})
    void write_thatARuleAllows_isReady(String subject, String slot, String body) {
        // Given
        Writer writer = writer(subject);

        // When
        Prepared prepared = prepare(writer, slot, body);

        // Then
        assertInstanceOf(Prepared.Ready.class, prepared);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "skill:clock   | now   | {\"value\": 1}                            | wrong_owner",
        "user:ann | mine | {\"value\": 1, \"scope\": \"current_user\", \"user_id\": \"bob\"}"
                + " | wrong_owner",
        "skill:weather | mine  | {\"value\": 1, \"scope\": \"current_user\"}"
                + " | path_not_allowed",
        "skill:weather | small | {\"value\": \"123456789\", \"scope\": \"webspace\"}"
                + " | payload_budget_exceeded",
        "skill:weather | small | {\"value\": [1, 2, 3], \"scope\": \"webspace\"}"
                + " | payload_budget_exceeded",
        "skill:weather | small | {\"value\": [[[1]]], \"scope\": \"webspace\"}"
                + " | payload_budget_exceeded",
        "skill:weather | small | {\"value\": {\"a\": 1, \"b\": 2, \"c\": 3, \"d\": 4},"
                + " \"scope\": \"webspace\"} | payload_budget_exceeded"})
    void write_thatNoRuleAllows_isRefusedWithItsCode(
            String subject, String slot, String body, String code) {
        // Given
        Writer writer = writer(subject);

        // When
        Prepared prepared = prepare(writer, slot, body);

        // Then
        assertEquals(code, assertInstanceOf(Prepared.Refused.class, prepared)
                .refusal().code().code());
    }

    @Test
    void slotThatNobodyDeclared_isMissing_withItsSize() {
        // Given
        Writer writer = writer("skill:weather");

        // When
        Prepared prepared = prepare(writer, "nowhere", "{\"value\": [1, 2]}");

        // Then
        Prepared.Missing missing = assertInstanceOf(Prepared.Missing.class, prepared);
        assertEquals(5, missing.bytes());
        assertEquals("subnet", missing.query().scope());
    }

    @Test
    void beforeTheRulesAreRead_nothingIsKnown() {
        // Given
        Preparation early = new Preparation(RuleBook.unread(List.of()));

        // When
        Prepared prepared = early.prepare(writer("skill:weather"), WebspaceId.DESKTOP, "now",
                BodyReader.one("{\"value\": 1}".getBytes(StandardCharsets.UTF_8)));

        // Then
        assertEquals("policy_unavailable", assertInstanceOf(Prepared.Refused.class, prepared)
                .refusal().code().code());
    }

    @Test
    void address_isScopedToTheNode_andCarriesModeAndForce() {
        // Given
        String body = "{\"value\": {\"b\": 1, \"a\": 2}, \"node_id\": \"k1\", \"force\": true}";

        // When
        DeclaredWrite write = ((Prepared.Ready) prepare(
                writer("skill:weather"), "now", body)).write();

        // Then
        assertEquals("data/nodes/k1/weather/now", write.path());
        assertEquals(13, write.bytes());
        assertEquals(BranchWrite.Mode.REPLACE, write.put().mode());
        assertEquals(true, write.put().force());
    }

    private Prepared prepare(Writer writer, String slot, String body) {
        return preparation.prepare(writer, WebspaceId.DESKTOP, slot,
                BodyReader.one(body.getBytes(StandardCharsets.UTF_8)));
    }

    private static Writer writer(String subject) {
        return Writer.identify(subject, false, Optional.empty()).writer().orElseThrow();
    }

    private static ProjectionRule rule(
            String scope, String slot, String path, RuleBudget budget) {
        return new ProjectionRule(scope, slot, ProjectionPath.parse(path), Optional.empty(),
                budget, ProjectionMode.REPLACE);
    }
}
