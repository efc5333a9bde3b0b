package io.adaos.hub.runtime.archive;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Keeps the content of a few small files in memory, such as manifests. */
public final class CapturedFiles implements ArchiveSink {

    private static final int FILES_MAX = 64;

    private final Predicate<String> wanted;
    private final int bytesMax;
    private final Map<String, Capture> captures = new LinkedHashMap<>();

    /**
     * @param wanted which paths, as the archive spells them; of more than 64 the first are kept
     * @param bytesMax of one file; a longer one is known but has no content
     */
    public CapturedFiles(Predicate<String> wanted, int bytesMax) {
        this.wanted = wanted;
        this.bytesMax = bytesMax;
    }

    @Override
    public OutputStream open(String path, boolean executable) {
        if (captures.size() == FILES_MAX || !wanted.test(path)) {
            return OutputStream.nullOutputStream();
        }
        Capture capture = new Capture();
        captures.put(path, capture);
        return capture;
    }

    /** The content, when the file was wanted, was in the archive and is not too long. */
    public Optional<byte[]> content(String rawPath) {
        return Optional.ofNullable(captures.get(rawPath))
                .filter(capture -> !capture.tooLong)
                .map(ByteArrayOutputStream::toByteArray);
    }

    /** The file was wanted and has more bytes than are kept. */
    public boolean isTooLong(String rawPath) {
        Capture capture = captures.get(rawPath);
        return capture != null && capture.tooLong;
    }

    private final class Capture extends ByteArrayOutputStream {

        private boolean tooLong;

        @Override
        public synchronized void write(int value) {
            if (room(1)) {
                super.write(value);
            }
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            if (room(length)) {
                super.write(bytes, offset, length);
            }
        }

        private boolean room(int length) {
            tooLong |= size() + (long) length > bytesMax;
            return !tooLong;
        }
    }
}
