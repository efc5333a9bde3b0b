package io.adaos.hub.registry.actions.intake;

import io.adaos.hub.contracts.error.FieldProblem;
import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.registry.actions.canonical.JsonLimits;
import io.adaos.hub.registry.actions.canonical.JsonValue;
import io.adaos.hub.registry.actions.canonical.JsonValue.ObjectValue;
import io.adaos.hub.registry.actions.canonical.JsonValue.TextValue;
import io.adaos.hub.registry.actions.canonical.MalformedJsonException;
import io.adaos.hub.registry.actions.canonical.StrictJson;
import io.adaos.hub.registry.actions.signature.SignatureBlock;
import io.adaos.hub.registry.actions.signature.TrustedKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Reads the bodies of the action endpoints, strictly and within limits; refuses with 413, or with
 * 422 and the path of every member at fault.
 */
public final class ActionBodyReader {

    private final int bytesMax;
    private final JsonLimits limits;

    /** @param bytesMax bytes of a body at most */
    public ActionBodyReader(int bytesMax, JsonLimits limits) {
        this.bytesMax = bytesMax;
        this.limits = limits;
    }

    /** {@code {"schema": object, "signature": {"alg", "kid", "sig"}}}; more is ignored. */
    public PublishRequest publishRequest(InputStream body) {
        ObjectValue root = root(body);
        List<FieldProblem> problems = new ArrayList<>();
        ObjectValue schema = object(root, "schema", problems);
        ObjectValue signature = object(root, "signature", problems);
        boolean isSigned = root.members().get("signature") instanceof ObjectValue;
        List<FieldProblem> texts = isSigned ? problems : new ArrayList<>();
        SignatureBlock block = new SignatureBlock(
                text(signature, "/signature", "alg", texts),
                text(signature, "/signature", "kid", texts),
                text(signature, "/signature", "sig", texts));
        refuse(problems);
        return new PublishRequest(schema, block);
    }

    /** {@code {"kid", "alg", "public_key"}}; more is ignored. */
    public TrustedKey trustedKey(InputStream body) {
        ObjectValue root = root(body);
        List<FieldProblem> problems = new ArrayList<>();
        TrustedKey key = new TrustedKey(text(root, "", "kid", problems),
                text(root, "", "alg", problems), text(root, "", "public_key", problems));
        refuse(problems);
        return key;
    }

    private ObjectValue root(InputStream body) {
        byte[] bytes;
        try {
            bytes = body.readNBytes(bytesMax + 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (bytes.length > bytesMax) {
            throw new HubException(HubErrorCode.PAYLOAD_TOO_LARGE,
                    "The body has more than " + bytesMax + " bytes");
        }
        try {
            JsonValue value = StrictJson.read(bytes, limits);
            if (value instanceof ObjectValue object) {
                return object;
            }
            throw refusal(List.of(problem("", "wrong_type", "the body is not a JSON object")));
        } catch (MalformedJsonException e) {
            throw refusal(List.of(problem(e.path(), e.code(), e.getMessage())));
        }
    }

    private static ObjectValue object(
            ObjectValue parent, String name, List<FieldProblem> problems) {
        if (parent.members().get(name) instanceof ObjectValue object) {
            return object;
        }
        problems.add(absentOrWrong(parent, "", name, "an object"));
        return new ObjectValue(new TreeMap<>());
    }

    private static String text(
            ObjectValue parent, String path, String name, List<FieldProblem> problems) {
        if (parent.members().get(name) instanceof TextValue text) {
            return text.text();
        }
        problems.add(absentOrWrong(parent, path, name, "a text"));
        return "";
    }

    private static FieldProblem absentOrWrong(
            ObjectValue parent, String path, String name, String wanted) {
        return parent.members().containsKey(name)
                ? problem(path + '/' + name, "wrong_type", "the member must be " + wanted)
                : problem(path + '/' + name, "missing", "the member is missing");
    }

    private static FieldProblem problem(String path, String code, String message) {
        return new FieldProblem(path, code, message, "Send a body of the documented shape");
    }

    private static void refuse(List<FieldProblem> problems) {
        if (!problems.isEmpty()) {
            throw refusal(problems);
        }
    }

    private static HubException refusal(List<FieldProblem> problems) {
        FieldProblem first = problems.get(0);
        String place = first.path().isEmpty() ? "" : first.path() + ": ";
        return new HubException(HubErrorCode.VALIDATION_ERROR,
                "The body is not what this takes: " + place + first.message(), problems);
    }
}
