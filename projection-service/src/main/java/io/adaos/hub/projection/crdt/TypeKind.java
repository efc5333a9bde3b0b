package io.adaos.hub.projection.crdt;

/** What a shared type is; the ordinal of the first seven is their number on the wire. */
enum TypeKind {
    ARRAY, MAP, TEXT, XML_ELEMENT, XML_FRAGMENT, XML_HOOK, XML_TEXT,

    /** A root that was seen in an update and that nobody has asked for by kind. */
    UNKNOWN;

    private static final TypeKind[] BY_REF = values();

    /** The kind of this wire number, or {@link #UNKNOWN} when there is none. */
    static TypeKind ofRef(long ref) {
        return ref < UNKNOWN.ordinal() ? BY_REF[(int) ref] : UNKNOWN;
    }

    /** Whether the kind is followed by a name on the wire. */
    boolean isNamed() {
        return this == XML_ELEMENT || this == XML_HOOK;
    }

    /** Whether it can stand among XML nodes. */
    boolean isXml() {
        return switch (this) {
            case XML_ELEMENT, XML_FRAGMENT, XML_HOOK, XML_TEXT -> true;
            case ARRAY, MAP, TEXT, UNKNOWN -> false;
        };
    }
}
