package io.adaos.hub.runtime.archive;

import java.io.IOException;
import java.io.InputStream;

/** Meets the entries of an archive one after the other. */
interface EntryVisitor {

    /** Reads {@code content} to its end, or not at all. */
    void visit(RawEntry entry, InputStream content) throws IOException;

    /** One entry as the archive describes it, before any rule was applied. */
    record RawEntry(String name, EntryType type, boolean executable) {
    }
}
