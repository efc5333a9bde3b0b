package io.adaos.hub.registry.upload;

import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A body that does not say how long it is, read up to a limit and given up beyond it. */
final class BoundedBody extends InputStream {

    private final InputStream body;
    private final long bytesMax;
    private final Runnable onGivenUp;
    private long bytesRead;
    private boolean closed;

    /**
     * Hands out at most so many bytes.
     *
     * @param onGivenUp runs once, before the refusal is thrown; the rest is the caller's to discard
     */
    BoundedBody(InputStream body, long bytesMax, Runnable onGivenUp) {
        this.body = body;
        this.bytesMax = bytesMax;
        this.onGivenUp = onGivenUp;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        int n = read(one, 0, 1);
        return n < 0 ? n : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (isGivenUp()) {
            throw refusal();
        }
        int n = body.read(bytes, offset, length);
        bytesRead += Math.max(n, 0);
        if (isGivenUp()) {
            onGivenUp.run();
            throw refusal();
        }
        return n;
    }

    /** Closing what is behind reads on to its end, however far that is; here it has a limit. */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            transferTo(OutputStream.nullOutputStream());
            body.close();
        } catch (HubException e) {
            return;                             // whoever closes has its answer already
        }
    }

    private boolean isGivenUp() {
        return bytesRead > bytesMax;
    }

    private HubException refusal() {
        return new HubException(HubErrorCode.PAYLOAD_TOO_LARGE,
                "The body has more than " + bytesMax + " bytes, at most so many are taken");
    }
}
