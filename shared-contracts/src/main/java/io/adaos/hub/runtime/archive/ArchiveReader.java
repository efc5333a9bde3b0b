package io.adaos.hub.runtime.archive;

import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads a zip or a gzipped tar to its end, in one pass and in bounded memory.
 *
 * <p>Taken are regular files and directories with relative paths that stay inside. Refused, with
 * all faults at once: links, devices, encrypted entries, absolute paths, {@code ..}, names that are
 * not UTF-8, and paths of which one would take the place of another.
 */
public final class ArchiveReader {

    private static final int ZIP = 0x504B;
    private static final int GZIP = 0x1F8B;

    private final ArchiveLimits limits;

    public ArchiveReader(ArchiveLimits limits) {
        this.limits = limits;
    }

    /**
     * Reads the archive and hands each file to the sink; after a refusal the sink has seen a part.
     *
     * @throws HubException ARCHIVE_UNREADABLE, ARCHIVE_UNSAFE or ARCHIVE_TOO_LARGE
     * @throws IOException when the archive file is missing or the sink fails
     */
    public ArchiveContents read(Path archive, ArchiveSink sink) throws IOException {
        long bytes = Files.size(archive);
        if (bytes > limits.archiveBytesMax()) {
            throw new HubException(HubErrorCode.ARCHIVE_TOO_LARGE,
                    "the archive has " + bytes + " bytes, allowed are "
                            + limits.archiveBytesMax());
        }
        ArchiveReading reading = new ArchiveReading(limits, sink);
        try {
            forEach(archive, reading);
        } catch (ArchiveReading.SinkFailedException e) {
            throw e;
        } catch (BudgetInputStream.ExceededException e) {
            throw new HubException(HubErrorCode.ARCHIVE_TOO_LARGE,
                    "the archive unpacks to more than " + limits.unpackedBytesMax() + " bytes");
        } catch (HubException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // the libraries answer broken bytes with either
            throw new HubException(HubErrorCode.ARCHIVE_UNREADABLE,
                    "the archive is damaged: " + EntryNames.shown(String.valueOf(e.getMessage())));
        }
        return reading.finish();
    }

    private void forEach(Path archive, EntryVisitor visitor) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(archive))) {
            in.mark(2);
            int magic = in.read() << 8 | in.read();
            in.reset();
            if (magic == ZIP) {
                ZipEntries.forEach(archive, limits, visitor);
            } else if (magic == GZIP) {
                TarEntries.forEach(in, limits, visitor);
            } else {
                throw new HubException(HubErrorCode.ARCHIVE_UNREADABLE,
                        "the archive is neither a zip nor a tar.gz");
            }
        }
    }
}
