package io.adaos.hub.cli.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.cli.CommandFailed;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HubAddressTest {

    @Test
    void port_eachPart_isBasePlusItsPlace() {
        // Given
        HubAddress address = new HubAddress("127.0.0.1", 8080);

        // When
        List<Integer> ports = Arrays.stream(HubPart.values()).map(address::port).toList();

        // Then
        assertEquals(List.of(8081, 8082, 8083, 8084, 8085, 8086), ports);
    }

    @Test
    void url_hostAndIpv6_areAddressesABrowserOpens() {
        // Given
        HubAddress plain = new HubAddress("127.0.0.1", 9000);
        HubAddress six = new HubAddress("::1", 9000);

        // When
        String panel = plain.url(HubPart.PROJECTION);

        // Then
        assertEquals("http://127.0.0.1:9004", panel);
        assertEquals("http://[::1]:9001", six.url(HubPart.REGISTRY));
        assertTrue(plain.panelOrigins().containsAll(
                List.of("http://127.0.0.1:9004", "http://localhost:9004")));
    }

    @Test
    void url_wildcard_namesAnAddressOfTheMachine() {
        // Given
        HubAddress address = new HubAddress("0.0.0.0", 9000);

        // When
        String url = address.url(HubPart.REGISTRY);

        // Then
        assertFalse(url.contains("0.0.0.0"), url);
        assertEquals("0.0.0.0", address.bindHost(HubPart.REGISTRY));
        assertEquals("127.0.0.1", address.bindHost(HubPart.POSTGRES));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65_530, 99_999})
    void create_portBaseOutOfRange_isAUsageError(int base) {
        // Given
        String host = "127.0.0.1";

        // When
        CommandFailed failed =
                assertThrows(CommandFailed.class, () -> new HubAddress(host, base));

        // Then
        assertEquals(2, failed.exitCode());
        assertTrue(failed.text().contains("0 to 65529"), failed.text());
    }
}
