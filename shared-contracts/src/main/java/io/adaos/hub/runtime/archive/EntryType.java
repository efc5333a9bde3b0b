package io.adaos.hub.runtime.archive;

import java.util.Locale;

/** What an archive says an entry is. */
enum EntryType {
    FILE("file", ""),
    DIRECTORY("directory", ""),
    SYMBOLIC_LINK("link", "Put the file itself in the archive instead of a link to it"),
    HARD_LINK("link", "Pack with --hard-dereference, so that each file is stored by itself"),
    SPECIAL("special_file", "Leave out devices, pipes and other special files"),
    ENCRYPTED("encrypted", "Pack without a password"),
    UNKNOWN_COMPRESSION("compression", "Pack with the deflate method, the default of zip");

    private final String code;
    private final String remedy;

    EntryType(String code, String remedy) {
        this.code = code;
        this.remedy = remedy;
    }

    /** Files and directories are taken in, everything else is refused. */
    boolean isAllowed() {
        return switch (this) {
            case FILE, DIRECTORY -> true;
            case SYMBOLIC_LINK, HARD_LINK, SPECIAL, ENCRYPTED, UNKNOWN_COMPRESSION -> false;
        };
    }

    String code() {
        return code;
    }

    String remedy() {
        return remedy;
    }

    String describe() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
