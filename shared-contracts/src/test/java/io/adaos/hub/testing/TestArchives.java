package io.adaos.hub.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;

/** Archives for tests, good and hostile; entries are written in the order they are given. */
public final class TestArchives {

    private static final int FILE_MODE = 0100644;

    private TestArchives() {
    }

    /** A zip of text files. */
    public static byte[] zip(Map<String, String> files) {
        ZipBuilder zip = new ZipBuilder();
        files.forEach((path, text) -> zip.file(path, text, FILE_MODE));
        return zip.bytes();
    }

    /** A gzipped tar of text files. */
    public static byte[] tarGz(Map<String, String> files) {
        TarBuilder tar = new TarBuilder();
        files.forEach((path, text) -> tar.file(path, text, FILE_MODE));
        return tar.bytes();
    }

    /** A zip built entry by entry, with any name and mode. */
    public static final class ZipBuilder {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes);

        /** Adds an entry; the mode's upper bits are its type. */
        public ZipBuilder file(String name, String text, int unixMode) {
            return file(name, text.getBytes(StandardCharsets.UTF_8), unixMode);
        }

        /** Adds an entry with any bytes. */
        public ZipBuilder file(String name, byte[] content, int unixMode) {
            return attempt(() -> {
                ZipArchiveEntry entry = new ZipArchiveEntry(name);
                entry.setUnixMode(unixMode);
                zip.putArchiveEntry(entry);
                zip.write(content);
                zip.closeArchiveEntry();
            });
        }

        /** Adds a file of so many zero bytes: little to send, much to unpack. */
        public ZipBuilder zeros(String name, long length) {
            return attempt(() -> {
                zip.putArchiveEntry(new ZipArchiveEntry(name));
                writeZeros(zip, length);
                zip.closeArchiveEntry();
            });
        }

        public byte[] bytes() {
            attempt(zip::close);
            return bytes.toByteArray();
        }

        private ZipBuilder attempt(IoStep step) {
            run(step);
            return this;
        }
    }

    /** A gzipped tar built entry by entry, with any name, mode and type. */
    public static final class TarBuilder {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final TarArchiveOutputStream tar;

        public TarBuilder() {
            try {
                tar = new TarArchiveOutputStream(new GzipCompressorOutputStream(bytes), "UTF-8");
                tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Adds a regular file. */
        public TarBuilder file(String name, String text, int mode) {
            return attempt(() -> {
                byte[] content = text.getBytes(StandardCharsets.UTF_8);
                TarArchiveEntry entry = new TarArchiveEntry(name, true);
                entry.setMode(mode);
                entry.setSize(content.length);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            });
        }

        /** Adds a file of so many zero bytes: little to send, much to unpack. */
        public TarBuilder zeros(String name, long length) {
            return attempt(() -> {
                TarArchiveEntry entry = new TarArchiveEntry(name);
                entry.setSize(length);
                tar.putArchiveEntry(entry);
                writeZeros(tar, length);
                tar.closeArchiveEntry();
            });
        }

        /** Adds a GNU long-name record whose name has so many (zero) bytes. */
        public TarBuilder longName(long length) {
            return attempt(() -> {
                TarArchiveEntry entry = new TarArchiveEntry(
                        TarConstants.GNU_LONGLINK, TarConstants.LF_GNUTYPE_LONGNAME);
                entry.setSize(length);
                tar.putArchiveEntry(entry);
                writeZeros(tar, length);
                tar.closeArchiveEntry();
            });
        }

        /** Adds a directory. */
        public TarBuilder directory(String name) {
            return special(name, TarConstants.LF_DIR, "");
        }

        /** Adds an entry of a type of {@link TarConstants}, with a link target for links. */
        public TarBuilder special(String name, byte type, String target) {
            return attempt(() -> {
                TarArchiveEntry entry = new TarArchiveEntry(name, type, true);
                entry.setLinkName(target);
                tar.putArchiveEntry(entry);
                tar.closeArchiveEntry();
            });
        }

        public byte[] bytes() {
            attempt(tar::close);
            return bytes.toByteArray();
        }

        private TarBuilder attempt(IoStep step) {
            run(step);
            return this;
        }
    }

    private static void writeZeros(OutputStream out, long length) throws IOException {
        byte[] zeros = new byte[1 << 16];
        for (long left = length; left > 0; left -= zeros.length) {
            out.write(zeros, 0, (int) Math.min(left, zeros.length));
        }
    }

    private static void run(IoStep step) {
        try {
            step.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A step that may fail to write. */
    private interface IoStep {
        void run() throws IOException;
    }
}
