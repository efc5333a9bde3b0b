package io.adaos.hub.registry.push;

import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.adaos.hub.contracts.error.FieldProblem;
import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.runtime.http.HubJson;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the JSON form of a push; the archive flows from the text into a file as it comes. */
final class JsonPushReader {

    private static final Set<String> TEXTS = Set.of("name", "node_id", "sha256", "message");
    private static final int MEMBERS_MAX = 32;

    /** What is beside the archive is small; the archive's text is never held as one. */
    private static final JsonFactory BODIES = new JsonFactoryBuilder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxTokenCount(10_000)
                    .maxNestingDepth(64)
                    .maxNameLength(1_024)
                    .maxStringLength(64 << 10)
                    .build())
            .build();

    private final Path archive;
    private final long archiveBytesMax;
    private final Map<String, String> members = new HashMap<>();
    private final List<FieldProblem> problems = new ArrayList<>();
    private final List<FieldProblem> warnings = new ArrayList<>();
    private boolean hasArchive;

    /** @param archive empty file the archive goes to */
    JsonPushReader(Path archive, long archiveBytesMax) {
        this.archive = archive;
        this.archiveBytesMax = archiveBytesMax;
    }

    List<FieldProblem> warnings() {
        return warnings;
    }

    /**
     * What the body says beside the archive.
     *
     * @throws HubException when the body is not of the documented shape, or an archive is missing
     *     or too large
     */
    PushFields read(InputStream body) throws IOException {
        try (JsonParser json = BODIES.createParser(body)) {
            json.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new HubException(HubErrorCode.BODY_INVALID, "The body is not a JSON object");
            }
            int count = 0;
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                if (++count > MEMBERS_MAX) {
                    throw new HubException(HubErrorCode.BODY_INVALID,
                            "The body has more than " + MEMBERS_MAX + " members");
                }
                json.nextToken();
                member(name, json);
            }
            if (json.nextToken() != null) {
                throw new HubException(
                        HubErrorCode.BODY_INVALID, "Something follows after the JSON object");
            }
        }
        if (!problems.isEmpty()) {
            throw new HubException(
                    HubErrorCode.BODY_INVALID, problems.get(0).message(), problems);
        }
        if (!hasArchive) {
            throw new HubException(HubErrorCode.ARCHIVE_MISSING,
                    "The member 'archive_b64' with the archive in base64 is missing");
        }
        return new PushFields(members.get("name"), members.get("node_id"), members.get("sha256"),
                members.get("message"), members.get("metadata"), members.get("signature"));
    }

    private void member(String name, JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        if (name.equals("archive_b64")) {
            archive(json);
        } else if (TEXTS.contains(name)) {
            text(name, json);
        } else if (name.equals("metadata")) {
            metadata(json);
        } else if (name.equals("signature")) {
            json.skipChildren();
            members.put(name, "given");
        } else {
            json.skipChildren();
            warnings.add(new FieldProblem('/' + name, "member_ignored",
                    "the member '" + name + "' is not known here", "Leave it out"));
        }
    }

    private void archive(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            wrongType("archive_b64", "text in base64", json);
            return;
        }
        hasArchive = true;
        HubException tooLarge = new HubException(HubErrorCode.ARCHIVE_TOO_LARGE,
                "An archive in JSON has at most " + archiveBytesMax
                        + " bytes; send larger ones as multipart/form-data");
        try (OutputStream file = Files.newOutputStream(archive)) {
            json.readBinaryValue(Base64Variants.MIME_NO_LINEFEEDS,
                    new BoundedOutput(file, archiveBytesMax, tooLarge));
        } catch (IllegalArgumentException e) {
            throw new HubException(HubErrorCode.BODY_INVALID, "'archive_b64' is not base64",
                    List.of(new FieldProblem("/archive_b64", "base64_invalid",
                            "the text is not base64, or is cut off",
                            "Encode the archive's bytes in base64 with padding")));
        }
    }

    private void text(String name, JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_STRING) {
            members.put(name, json.getText());
        } else {
            wrongType(name, "text", json);
        }
    }

    /** Copied event by event, so that no tree of it is built before its size is known. */
    private void metadata(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            wrongType("metadata", "an object", json);
            return;
        }
        ByteArrayOutputStream copy = new ByteArrayOutputStream();
        HubException tooLarge = new HubException(HubErrorCode.PAYLOAD_TOO_LARGE,
                "The metadata has more than " + PushFields.METADATA_BYTES_MAX + " bytes");
        try (JsonGenerator generator = HubJson.mapper().getFactory().createGenerator(
                new BoundedOutput(copy, PushFields.METADATA_BYTES_MAX, tooLarge))) {
            generator.copyCurrentStructure(json);
        }
        members.put("metadata", copy.toString(StandardCharsets.UTF_8));
    }

    private void wrongType(String name, String wanted, JsonParser json) throws IOException {
        json.skipChildren();
        problems.add(new FieldProblem('/' + name, "wrong_type",
                "the member '" + name + "' must be " + wanted, "Send " + wanted));
    }

    /** Refuses the byte after the last that is allowed. */
    private static final class BoundedOutput extends FilterOutputStream {

        private final HubException refusal;
        private long left;

        BoundedOutput(OutputStream out, long bytesMax, HubException refusal) {
            super(out);
            this.left = bytesMax;
            this.refusal = refusal;
        }

        @Override
        public void write(int value) throws IOException {
            spend(1);
            out.write(value);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            spend(length);
            out.write(bytes, offset, length);
        }

        private void spend(int bytes) {
            left -= bytes;
            if (left < 0) {
                throw refusal;
            }
        }
    }
}
