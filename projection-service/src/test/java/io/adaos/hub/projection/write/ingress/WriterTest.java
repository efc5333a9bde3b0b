package io.adaos.hub.projection.write.ingress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.contracts.id.OwnerId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WriterTest {

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
        // subject, admin, owner the body names, owner, node, trusted, code
        "skill:weather, false, -, skill:weather, hub, false, -",
        "user:ann, false, -, user:ann, hub, false, -",
        "service:sync, false, -, core:sync, hub, true, -",
        "node:kitchen, false, -, -, -, -, owner_missing",
        "skill:weather@home, false, -, -, -, -, owner_missing",
        "user:admin, true, skill:weather@home, -, -, -, owner_missing",
        "user:admin, true, -, core:operator, hub, true, -",
        "user:admin, true, skill:weather, skill:weather, hub, true, -",
        "user:admin, true, user:ann, user:ann, hub, true, -",
        "user:admin, true, core:repair, core:repair, hub, true, -",
        "user:admin, true, node:kitchen, -, -, -, owner_missing",
        "node:kitchen, true, skill:weather, skill:weather, kitchen, true, -",
        "skill:clock, false, skill:weather, skill:clock, hub, false, wrong_owner",
        "skill:clock, false, skill:clock, skill:clock, hub, false, wrong_owner",
        "node:kitchen, false, skill:weather, -, -, -, wrong_owner"})
    void credential_makesTheWriter(String subject, boolean isAdmin, String named, String owner,
            String node, Boolean isTrusted, String code) {
        // Given
        Optional<OwnerId> asked = Optional.ofNullable(named).map(OwnerId::new);

        // When
        Writer.Identified identified = Writer.identify(subject, isAdmin, asked);

        // Then
        assertEquals(Optional.ofNullable(owner), identified.writer()
                .map(writer -> writer.owner().value()));
        assertEquals(Optional.ofNullable(node), identified.writer()
                .map(writer -> writer.node().value()));
        assertEquals(Optional.ofNullable(isTrusted), identified.writer().map(Writer::isTrusted));
        assertEquals(Optional.ofNullable(code), identified.refusal()
                .map(refusal -> refusal.code().code()));
    }

    @Test
    void writer_isASkillOrAPerson() {
        // Given
        Writer skill = Writer.identify("skill:weather", false, Optional.empty())
                .writer().orElseThrow();

        // When
        Writer person = Writer.identify("user:ann", false, Optional.empty())
                .writer().orElseThrow();

        // Then
        assertEquals("weather", skill.skill().orElseThrow().id());
        assertTrue(skill.user().isEmpty());
        assertEquals(Optional.of("ann"), person.user());
        assertTrue(person.skill().isEmpty());
    }
}
