package io.adaos.hub.sdk.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Values as JSON with sorted keys and no blanks, so that equal values are equal bytes. */
public final class CanonicalJson {

    /** No slot of the document and no details take more. */
    public static final int BYTES_MAX = 1 << 20;

    public static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED).build();

    private CanonicalJson() {
    }

    /** Something cannot be sent; the message says why. */
    public static final class NotSendable extends Exception {
        private static final long serialVersionUID = 1L;

        private final long bytes;

        NotSendable(String message, long bytes) {
            super(message);
            this.bytes = bytes;
        }

        /** Of a value that is too large its size; 0 of one that is no JSON. */
        public long bytes() {
            return bytes;
        }
    }

    /** The value at this moment; what the caller changes afterwards is not seen. */
    public static byte[] bytes(Object value) throws NotSendable {
        Counted written = new Counted();
        try {
            MAPPER.writeValue(written, value);
            if (written.count <= BYTES_MAX) {
                return MAPPER.writeValueAsBytes(MAPPER.readTree(written.kept.toByteArray()));
            }
        } catch (IOException e) {
            // Of a value that contains itself the message would repeat the whole way.
            String message = e.getMessage() == null ? "" : e.getMessage();
            throw new NotSendable("The value cannot be written as JSON: "
                    + message.substring(0, Math.min(200, message.length())), 0);
        }
        throw new NotSendable("The value has " + written.count + " bytes as JSON, at most "
                + BYTES_MAX + " can be sent", written.count);
    }

    /** Keeps what can be sent, and counts the rest. */
    private static final class Counted extends OutputStream {

        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private long count;

        @Override
        public void write(int one) {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            count += length;
            if (count <= BYTES_MAX) {
                kept.write(bytes, from, length);
            }
        }
    }

    /** What bytes say; a missing node when they are no JSON. */
    public static JsonNode read(byte[] bytes) {
        try {
            JsonNode read = MAPPER.readTree(bytes);
            return read == null ? MissingNode.getInstance() : read;
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    /** SHA-256 of canonical bytes, in hex. */
    public static String fingerprint(byte[] canonical) {
        try {
            return HexFormat.of().formatHex(
                    MessageDigest.getInstance("SHA-256").digest(canonical));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
