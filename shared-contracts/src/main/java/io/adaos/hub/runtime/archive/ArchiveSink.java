package io.adaos.hub.runtime.archive;

import java.io.IOException;
import java.io.OutputStream;

/** Where the files of an archive go while it is read. */
@FunctionalInterface
public interface ArchiveSink {

    /** Reads and checks an archive without keeping any of it. */
    ArchiveSink NOWHERE = (path, executable) -> OutputStream.nullOutputStream();

    /**
     * Takes one file; the stream is written once and closed.
     *
     * @param path checked and unique, as the archive spells it (with its top folder)
     */
    OutputStream open(String path, boolean executable) throws IOException;
}
