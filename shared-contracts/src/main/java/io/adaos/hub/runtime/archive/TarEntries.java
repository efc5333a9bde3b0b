package io.adaos.hub.runtime.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** The entries of a gzipped tar. */
final class TarEntries {

    /** For the headers of one entry; long names and PAX records are gathered in memory. */
    private static final long HEADER_BYTES_MAX = 1 << 20;
    private static final int OWNER_EXECUTE = 0100;
    private static final int BLOCK_BYTES = 10_240;

    private TarEntries() {
    }

    static void forEach(InputStream bytes, ArchiveLimits limits,
            EntryVisitor visitor) throws IOException {
        try (BudgetInputStream unzipped = new BudgetInputStream(
                        GzipCompressorInputStream.builder()
                                .setInputStream(bytes)
                                .setDecompressConcatenated(true)
                                .get());
                TarArchiveInputStream tar = new TarArchiveInputStream(unzipped, BLOCK_BYTES,
                        TarConstants.DEFAULT_RCDSIZE, StandardCharsets.UTF_8.name(), false)) {
            long perEntry = limits.unpackedBytesMax() + HEADER_BYTES_MAX;
            for (TarArchiveEntry entry = next(tar, unzipped); entry != null;
                    entry = next(tar, unzipped)) {
                unzipped.grant(perEntry);
                visitor.visit(describe(entry), tar);
                tar.transferTo(OutputStream.nullOutputStream());
            }
            // reading on to the end lets gzip compare its checksum, also behind the last entry
            unzipped.grant(perEntry);
            unzipped.transferTo(OutputStream.nullOutputStream());
        }
    }

    private static TarArchiveEntry next(TarArchiveInputStream tar, BudgetInputStream unzipped)
            throws IOException {
        unzipped.grant(HEADER_BYTES_MAX);
        return tar.getNextEntry();
    }

    private static EntryVisitor.RawEntry describe(TarArchiveEntry entry) {
        return new EntryVisitor.RawEntry(
                entry.getName(), typeOf(entry), (entry.getMode() & OWNER_EXECUTE) != 0);
    }

    private static EntryType typeOf(TarArchiveEntry entry) {
        if (entry.isSymbolicLink()) {
            return EntryType.SYMBOLIC_LINK;
        }
        if (entry.isLink()) {
            return EntryType.HARD_LINK;
        }
        if (entry.isDirectory()) {
            return EntryType.DIRECTORY;
        }
        byte flag = entry.getLinkFlag();
        boolean plain = flag == TarConstants.LF_NORMAL || flag == TarConstants.LF_OLDNORM
                || flag == TarConstants.LF_CONTIG;
        return plain && !entry.isSparse() ? EntryType.FILE : EntryType.SPECIAL;
    }
}
