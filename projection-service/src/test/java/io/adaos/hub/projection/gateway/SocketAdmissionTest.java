package io.adaos.hub.projection.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.projection.room.member.CloseReason;
import io.adaos.hub.runtime.security.Caller;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SocketAdmissionTest {

    private static final Map<String, Caller> CALLERS = Map.of(
            "good", new Caller("user:anna", Set.of("webspace:desktop:read"), Optional.empty()),
            "root", new Caller("user:admin", Set.of("admin"), Optional.empty()));

    private final SocketAdmission admission = new SocketAdmission(
            (origin, host) -> origin == null || origin.equals("http://" + host),
            token -> Optional.ofNullable(CALLERS.get(token)));

    static Stream<Arguments> requests() {
        return Stream.of(
                Arguments.of("desktop", null, "hub.v1, hub.token.good", "", "desktop read"),
                Arguments.of("default", null, "hub.v1", "token=good", "desktop read"),
                Arguments.of("desktop", null, "hub.token.good,hub.v1", "token=good",
                        "desktop read"),
                Arguments.of("desktop", null, "hub.v1", "ack=1&token=root", "desktop write"),
                Arguments.of("desktop", "http://hub:1", "", "token=good", "desktop read"),
                Arguments.of("lab", null, "", "token=good", "lab nothing"),
                Arguments.of("desktop", "http://evil", "", "token=good", "NOT_ALLOWED"),
                Arguments.of("desktop", null, "hub.v1", "", "UNAUTHENTICATED"),
                Arguments.of("desktop", null, "", "token=unknown", "UNAUTHENTICATED"),
                Arguments.of("desktop", null, "hub.token.root", "token=good", "MALFORMED"),
                Arguments.of("desktop", null, "", "token=", "MALFORMED"),
                Arguments.of("no%20room", null, "", "token=good", "WEBSPACE_UNKNOWN"));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void request_isJudged(
            String webspace, String origin, String protocols, String query, String expected) {
        // Given
        Map<String, List<String>> headers = Map.of(
                "Host", List.of("hub:1"),
                SocketRequest.ORIGIN_HEADER, origin == null ? List.of() : List.of(origin),
                "Sec-WebSocket-Protocol", List.of(protocols));
        SocketRequest request = SocketRequest.of(
                webspace, name -> headers.getOrDefault(name, List.of()), query);

        // When
        SocketAdmission.Verdict verdict = admission.judge(request);

        // Then
        assertEquals(expected, describe(verdict));
    }

    @Test
    void credential_thatIsRevokedOrLosesItsRight_holdsNoLonger() {
        // Given
        Map<String, Caller> inForce = new HashMap<>(CALLERS);
        SocketAdmission live = new SocketAdmission(
                (origin, host) -> true, token -> Optional.ofNullable(inForce.get(token)));
        SocketAdmission.Verdict.Known reader =
                (SocketAdmission.Verdict.Known) live.judge(with("good"));
        SocketAdmission.Verdict.Known operator =
                (SocketAdmission.Verdict.Known) live.judge(with("root"));
        boolean before = reader.stillHolds() && operator.stillHolds();

        // When
        inForce.remove("good");
        inForce.put("root", new Caller(
                "user:admin", Set.of("webspace:desktop:read"), Optional.empty()));

        // Then
        assertTrue(before);
        assertFalse(reader.stillHolds());
        assertFalse(operator.stillHolds());
    }

    private static SocketRequest with(String token) {
        return SocketRequest.of("desktop", name -> List.of(), "token=" + token);
    }

    private static String describe(SocketAdmission.Verdict verdict) {
        if (verdict instanceof SocketAdmission.Verdict.Known known) {
            String right = known.isOperator() ? "write" : known.mayRead() ? "read" : "nothing";
            return known.webspace() + " " + right;
        }
        CloseReason reason = ((SocketAdmission.Verdict.Refused) verdict).reason();
        return reason.name();
    }
}
