package io.adaos.hub.projection.card.claim;

import io.adaos.hub.contracts.id.OwnerId;
import java.nio.charset.StandardCharsets;

/** Claims as owners send them. */
public final class Cards {

    public static final OwnerId WEATHER = new OwnerId("skill:weather");
    public static final OwnerId CLOCK = new OwnerId("skill:clock");

    private Cards() {
    }

    /** Of {@code weather}, in {@code desktop}. */
    public static CardClaim claim(String id, String status) {
        return claim(id, WEATHER, "\"status\": \"" + status + '"');
    }

    /** With these members besides {@code webspace_id}. */
    public static CardClaim claim(String id, OwnerId owner, String members) {
        return ClaimReader.read(id, owner, body(members)).claim();
    }

    public static byte[] body(String members) {
        return ("{\"webspace_id\": \"desktop\", " + members + '}')
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Fair in each member, and of about as many bytes as metadata can bring. */
    public static String metadata(int texts, int chars) {
        StringBuilder members = new StringBuilder("\"status\": \"online\", \"metadata\": {");
        for (int i = 0; i < texts; i++) {
            members.append(i == 0 ? "" : ", ").append("\"m").append(i).append("\": \"")
                    .append("x".repeat(chars)).append('"');
        }
        return members.append('}').toString();
    }
}
