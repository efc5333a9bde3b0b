package io.adaos.hub.marketplace.listing.offer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.adaos.hub.contracts.catalog.ArtifactKind;
import io.adaos.hub.contracts.id.OperationId;
import io.adaos.hub.contracts.listing.Affordance;
import io.adaos.hub.contracts.listing.MarketplaceRow;
import io.adaos.hub.contracts.listing.RowAffordances;
import io.adaos.hub.contracts.listing.RowAffordances.Holder;
import io.adaos.hub.contracts.listing.RowStatus;
import io.adaos.hub.contracts.operation.OperationKind;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowOffersTest {

    @ParameterizedTest
    @CsvSource({
        "INSTALLABLE, , yes, It is not installed., It is not installed.",
        "INSTALLED, 1.0.0, why, why, yes",
        "UPDATE_AVAILABLE, 1.0.0, why, yes, yes",
        "BLOCKED, , why, why, It is not installed.",
        "BLOCKED, 1.0.0, why, why, yes",
    })
    void offered_nothingUnderWay_dependsOnTheStatus(RowStatus status, String has,
            String install, String update, String uninstall) {
        // When
        RowAffordances offered =
                RowOffers.offered(row(status, has), Optional.empty()).affordances();

        // Then
        assertEquals(install, said(offered.install()));
        assertEquals(update, said(offered.update()));
        assertEquals(uninstall, said(offered.uninstall()));
        assertNull(offered.heldBy());
    }

    @Test
    void offered_operationUnderWay_isNothingButNamesIt() {
        // Given
        Holder holder = new Holder(new OperationId("op_7"), new OperationKind("skill.update"));

        // When
        RowAffordances offered = RowOffers.offered(
                row(RowStatus.UPDATE_AVAILABLE, "1.0.0"), Optional.of(holder)).affordances();

        // Then
        assertEquals(holder, offered.heldBy());
        for (Affordance one :
                List.of(offered.install(), offered.update(), offered.uninstall())) {
            assertEquals("The operation op_7 (skill.update) is working on it.", said(one));
        }
    }

    private static String said(Affordance affordance) {
        return affordance.possible() ? "yes" : affordance.reason();
    }

    private static MarketplaceRow row(RowStatus status, String has) {
        String reason = status == RowStatus.INSTALLABLE ? null : "why";
        return new MarketplaceRow(ArtifactKind.SKILL, "w", "W", "1.1.0", null, List.of(), null,
                has != null, has, status, reason, null, 1, null, null);
    }
}
