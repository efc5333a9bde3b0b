package io.adaos.hub.registry.actions;

import io.adaos.hub.registry.actions.canonical.CanonicalForm;
import io.adaos.hub.registry.actions.canonical.JsonLimits;
import io.adaos.hub.registry.actions.canonical.MalformedJsonException;
import io.adaos.hub.registry.actions.canonical.StrictJson;
import io.adaos.hub.registry.actions.signature.ContentHash;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Base64;
import java.util.HexFormat;

/** A publisher with the key of RFC 8032's first test, for tests. */
public final class SignedActions {

    public static final String KID = "rfc8032-1";
    public static final String PUBLIC_KEY = "base64:11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";
    private static final String SEED =
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";

    private SignedActions() {
    }

    /** The signature of a schema's canonical hash. */
    public static String sign(String schema) {
        return "base64:" + Base64.getEncoder().encodeToString(sign(hash(schema).digest()));
    }

    /** The hash of a schema, canonical or not. */
    public static ContentHash hash(String schema) {
        try {
            return ContentHash.of(CanonicalForm.of(StrictJson.read(
                    schema.getBytes(StandardCharsets.UTF_8), JsonLimits.DEFAULT)));
        } catch (MalformedJsonException e) {
            throw new IllegalArgumentException(schema, e);
        }
    }

    /** A body of a publish request. */
    public static String body(String schema) {
        return body(schema, KID, sign(schema));
    }

    /** The same, with a key id and signature of one's own. */
    public static String body(String schema, String kid, String sig) {
        return "{\"schema\":" + schema + ",\"signature\":{\"alg\":\"ed25519\",\"kid\":\"" + kid
                + "\",\"sig\":\"" + sig + "\"}}";
    }

    /** The trusted key, as an entry of a trust store. */
    public static String trusted(String kid) {
        return "{\"kid\":\"" + kid + "\",\"alg\":\"ed25519\",\"public_key\":\"" + PUBLIC_KEY
                + "\"}";
    }

    private static byte[] sign(byte[] message) {
        try {
            PrivateKey key = KeyFactory.getInstance("Ed25519").generatePrivate(
                    new EdECPrivateKeySpec(NamedParameterSpec.ED25519,
                            HexFormat.of().parseHex(SEED)));
            Signature signer = Signature.getInstance("Ed25519");
            signer.initSign(key);
            signer.update(message);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
