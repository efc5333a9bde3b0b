package io.adaos.hub.runtime.archive;

import io.adaos.hub.contracts.error.FieldProblem;
import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** One archive on its way in: applies rules and limits, hands files to the sink. */
final class ArchiveReading implements EntryVisitor {

    private static final int PROBLEMS_MAX = 50;

    private final ArchiveLimits limits;
    private final ArchiveSink sink;
    private final EntryNames names;
    private final List<FieldProblem> problems = new ArrayList<>();
    private final List<ArchivedFile> files = new ArrayList<>();
    private final byte[] buffer = new byte[1 << 16];
    private long unpackedBytes;
    private long entries;
    private final boolean readsOn;
    private int faults;

    /** {@code readsOn}: faults and too many files are found out to the end, not to the first. */
    ArchiveReading(ArchiveLimits limits, ArchiveSink sink, boolean readsOn) {
        this.limits = limits;
        this.sink = sink;
        this.readsOn = readsOn;
        this.names = new EntryNames(limits, this::report);
    }

    @Override
    public void visit(RawEntry entry, InputStream content) throws IOException {
        if (++entries > limits.entriesMax()) {
            throw tooMany();
        }
        if (!entry.type().isAllowed()) {
            report(new FieldProblem(EntryNames.shown(entry.name()), entry.type().code(),
                    "'" + EntryNames.shown(entry.name()) + "': " + entry.type().describe()
                            + " is not taken",
                    entry.type().remedy()));
        } else if (entry.type() == EntryType.DIRECTORY) {
            names.directory(entry.name());
        } else {
            String path = names.file(entry.name()).orElse(null);
            if (path != null) {
                take(path, entry.executable(), content);
            }
        }
    }

    /** What was read, or the refusal that names everything found. */
    ArchiveContents finish() {
        ArchiveReader.Findings found = findings();
        if (!found.refusals().isEmpty()) {
            throw found.refusals().get(0);
        }
        return found.sound();
    }

    /** All that was found when every entry was visited. */
    ArchiveReader.Findings findings() {
        List<HubException> refusals = refusals();
        boolean isEmpty = files.isEmpty() && refusals.isEmpty();
        if (isEmpty) {
            refusals.add(new HubException(
                    HubErrorCode.ARCHIVE_UNREADABLE, "the archive holds no file"));
        }
        return new ArchiveReader.Findings(ArchiveContents.ofRaw(files),
                !isEmpty && faults == problems.size(), refusals);
    }

    /** What was found before this ended the reading. */
    ArchiveReader.Findings brokenOffBy(HubException refusal) {
        boolean isDamaged = refusal.code() == HubErrorCode.ARCHIVE_UNREADABLE;
        List<HubException> refusals = refusals();
        refusals.add(0, refusal);
        return new ArchiveReader.Findings(
                ArchiveContents.ofRaw(isDamaged ? List.of() : files), false, refusals);
    }

    private List<HubException> refusals() {
        List<HubException> refusals = new ArrayList<>();
        if (files.size() > limits.filesMax()) {
            refusals.add(tooMany());
        }
        if (faults > 0) {
            HubErrorCode code = problems.stream().anyMatch(ArchiveReading::isUnreadable)
                    ? HubErrorCode.ARCHIVE_UNREADABLE : HubErrorCode.ARCHIVE_UNSAFE;
            refusals.add(new HubException(code, "the archive has " + faults
                    + (faults == 1 ? " entry" : " entries") + " that cannot be taken", problems));
        }
        return refusals;
    }

    private void take(String path, boolean executable, InputStream content) throws IOException {
        if (files.size() == limits.filesMax() && !readsOn) {
            throw tooMany();
        }
        MessageDigest digest = ContentDigest.sha256();
        long length = 0;
        try (OutputStream out = open(path, executable)) {
            for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
                length += n;
                unpackedBytes += n;
                if (unpackedBytes > limits.unpackedBytesMax()) {
                    throw tooLarge();
                }
                digest.update(buffer, 0, n);
                out.write(buffer, 0, n);
            }
        }
        files.add(new ArchivedFile(
                path, executable, length, HexFormat.of().formatHex(digest.digest())));
    }

    private OutputStream open(String path, boolean executable) throws SinkFailedException {
        // a sink is not asked to keep anything of an archive that is refused anyway
        if (faults > 0 && !readsOn) {
            return OutputStream.nullOutputStream();
        }
        try {
            return new SinkOutput(sink.open(path, executable));
        } catch (IOException e) {
            throw new SinkFailedException(e);
        }
    }

    private void report(FieldProblem problem) {
        faults++;
        if (problems.size() < PROBLEMS_MAX) {
            problems.add(problem);
        }
    }

    private HubException tooMany() {
        return new HubException(HubErrorCode.ARCHIVE_TOO_LARGE,
                "the archive has more than " + limits.filesMax() + " files");
    }

    private HubException tooLarge() {
        return new HubException(HubErrorCode.ARCHIVE_TOO_LARGE,
                "the archive unpacks to more than " + limits.unpackedBytesMax() + " bytes");
    }

    private static boolean isUnreadable(FieldProblem problem) {
        return problem.code().equals(EntryType.ENCRYPTED.code())
                || problem.code().equals(EntryType.UNKNOWN_COMPRESSION.code());
    }

    /** Keeps faults of the sink apart from faults of the archive. */
    private static final class SinkOutput extends OutputStream {

        private final OutputStream out;

        SinkOutput(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                out.write(bytes, offset, length);
            } catch (IOException e) {
                throw new SinkFailedException(e);
            }
        }

        @Override
        public void close() throws IOException {
            try {
                out.close();
            } catch (IOException e) {
                throw new SinkFailedException(e);
            }
        }
    }

    /** The place the files go to failed; says nothing about the archive. */
    static final class SinkFailedException extends IOException {

        private static final long serialVersionUID = 1L;

        SinkFailedException(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }
}
