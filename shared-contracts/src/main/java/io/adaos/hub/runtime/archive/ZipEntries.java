package io.adaos.hub.runtime.archive;

import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.archivers.zip.ZipMethod;

/** The entries of a zip, as its central directory lists them. */
final class ZipEntries {

    /** {@code PK 01 02}: each entry of the central directory begins so. */
    private static final int DIRECTORY_SIGNATURE = 0x504B0102;
    private static final int FILE_TYPE = 0170000;
    private static final int REGULAR = 0100000;
    private static final int DIRECTORY = 0040000;
    private static final int LINK = 0120000;
    private static final int OWNER_EXECUTE = 0100;

    private ZipEntries() {
    }

    static void forEach(Path archive, ArchiveLimits limits, EntryVisitor visitor)
            throws IOException {
        refuseHugeDirectory(archive, limits);
        try (ZipFile zip = ZipFile.builder().setPath(archive).get()) {
            Enumeration<ZipArchiveEntry> entries = zip.getEntriesInPhysicalOrder();
            while (entries.hasMoreElements()) {
                ZipArchiveEntry entry = entries.nextElement();
                EntryVisitor.RawEntry raw = describe(entry);
                if (raw.type() == EntryType.FILE) {
                    try (InputStream content =
                            new CheckedContent(zip.getInputStream(entry), entry)) {
                        visitor.visit(raw, content);
                    }
                } else {
                    visitor.visit(raw, InputStream.nullInputStream());
                }
            }
        }
    }

    /** Opening a zip builds an object per entry, so they are counted in the raw bytes before. */
    private static void refuseHugeDirectory(Path archive, ArchiveLimits limits)
            throws IOException {
        long found = 0;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(archive), 1 << 16)) {
            int window = 0;
            for (int next = in.read(); next >= 0; next = in.read()) {
                window = window << 8 | next;
                if (window == DIRECTORY_SIGNATURE && ++found > limits.entriesMax()) {
                    throw new HubException(HubErrorCode.ARCHIVE_TOO_LARGE,
                            "the archive has more than " + limits.filesMax() + " files");
                }
            }
        }
    }

    private static EntryVisitor.RawEntry describe(ZipArchiveEntry entry) {
        return new EntryVisitor.RawEntry(entry.getName(), typeOf(entry),
                (entry.getUnixMode() & OWNER_EXECUTE) != 0);
    }

    private static EntryType typeOf(ZipArchiveEntry entry) {
        int type = entry.getUnixMode() & FILE_TYPE;
        if (type == LINK) {
            return EntryType.SYMBOLIC_LINK;
        }
        if (entry.isDirectory() || type == DIRECTORY) {
            return EntryType.DIRECTORY;
        }
        if (type != 0 && type != REGULAR) {
            return EntryType.SPECIAL;
        }
        if (entry.getGeneralPurposeBit().usesEncryption()) {
            return EntryType.ENCRYPTED;
        }
        int method = entry.getMethod();
        return method == ZipMethod.STORED.getCode() || method == ZipMethod.DEFLATED.getCode()
                ? EntryType.FILE : EntryType.UNKNOWN_COMPRESSION;
    }

    /** Compares length and checksum with the directory's when the end is reached. */
    private static final class CheckedContent extends FilterInputStream {

        private final ZipArchiveEntry entry;
        private final CRC32 checksum = new CRC32();
        private long length;

        CheckedContent(InputStream in, ZipArchiveEntry entry) {
            super(in);
            this.entry = entry;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            int n = read(one, 0, 1);
            return n < 0 ? n : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int count) throws IOException {
            int n = super.read(bytes, offset, count);
            if (n > 0) {
                checksum.update(bytes, offset, n);
                length += n;
            } else if (n < 0
                    && (length != entry.getSize() || checksum.getValue() != entry.getCrc())) {
                throw new IOException("'" + EntryNames.shown(entry.getName())
                        + "' does not have the length and checksum the archive lists");
            }
            return n;
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
