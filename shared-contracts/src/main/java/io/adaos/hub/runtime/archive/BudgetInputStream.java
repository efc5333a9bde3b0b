package io.adaos.hub.runtime.archive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Gives out only as many bytes as were granted, so that nobody can be made to gather more. */
final class BudgetInputStream extends FilterInputStream {

    private long left;

    BudgetInputStream(InputStream in) {
        super(in);
    }

    /** Sets what may be read from now on. */
    void grant(long bytes) {
        left = bytes;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        if (value >= 0) {
            spend(1);
        }
        return value;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int n = super.read(bytes, offset, length);
        if (n > 0) {
            spend(n);
        }
        return n;
    }

    @Override
    public long skip(long n) throws IOException {
        long skipped = super.skip(n);
        spend(skipped);
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void spend(long bytes) throws ExceededException {
        left -= bytes;
        if (left < 0) {
            throw new ExceededException();
        }
    }

    /** More was asked for than granted. */
    static final class ExceededException extends IOException {

        private static final long serialVersionUID = 1L;

        ExceededException() {
            super("read budget exceeded");
        }
    }
}
