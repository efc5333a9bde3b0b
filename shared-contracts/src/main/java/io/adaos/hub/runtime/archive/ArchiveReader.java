package io.adaos.hub.runtime.archive;

import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

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
     * What can be said of an archive, be it taken or refused.
     *
     * @param sound the files that keep all rules; none when the archive is damaged, as what was
     *     read of it cannot be trusted then
     * @param isWhole whether every entry was looked at, and each that is not sound is named
     * @param refusals empty when the archive can be taken
     */
    public record Findings(
            ArchiveContents sound, boolean isWhole, List<HubException> refusals) {

        public Findings {
            refusals = List.copyOf(refusals);
        }
    }

    /**
     * Reads the archive and hands each file to the sink; after a refusal the sink has seen a part.
     *
     * @throws HubException ARCHIVE_UNREADABLE, ARCHIVE_UNSAFE or ARCHIVE_TOO_LARGE
     * @throws IOException when the archive file is missing or the sink fails
     */
    public ArchiveContents read(Path archive, ArchiveSink sink) throws IOException {
        ArchiveReading reading = new ArchiveReading(limits, sink, false);
        read(archive, reading);
        return reading.finish();
    }

    /**
     * Reads on behind a fault, as far as the limits allow, so that all can be said at once. For
     * sinks that unpack nothing: they see the sound files of archives that are refused.
     *
     * @throws IOException when the archive file is missing or the sink fails
     */
    public Findings examine(Path archive, ArchiveSink sink) throws IOException {
        ArchiveReading reading = new ArchiveReading(limits, sink, true);
        try {
            read(archive, reading);
            return reading.findings();
        } catch (HubException refusal) {
            return reading.brokenOffBy(refusal);
        }
    }

    private void read(Path archive, ArchiveReading reading) throws IOException {
        long bytes = Files.size(archive);
        if (bytes > limits.archiveBytesMax()) {
            throw new HubException(HubErrorCode.ARCHIVE_TOO_LARGE,
                    "the archive has " + bytes + " bytes, allowed are "
                            + limits.archiveBytesMax());
        }
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
