package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.crdt.codec.AnyValue;

/**
 * What a new nested shared type shall be; it is made empty where it is put, and filled there.
 *
 * @param <T> how the new type is seen
 */
public final class NewType<T extends SharedType> {
    public static final NewType<YMap> MAP = new NewType<>(YMap.class, TypeKind.MAP, null);
    public static final NewType<YArray> ARRAY = new NewType<>(YArray.class, TypeKind.ARRAY, null);
    public static final NewType<YText> TEXT = new NewType<>(YText.class, TypeKind.TEXT, null);
    public static final NewType<YXmlFragment> XML_FRAGMENT =
            new NewType<>(YXmlFragment.class, TypeKind.XML_FRAGMENT, null);
    public static final NewType<YXmlText> XML_TEXT =
            new NewType<>(YXmlText.class, TypeKind.XML_TEXT, null);

    private final Class<T> view;
    private final TypeKind kind;
    private final String name;      // of an element or a hook; null = none

    private NewType(Class<T> view, TypeKind kind, String name) {
        this.view = view;
        this.kind = kind;
        this.name = name;
    }

    /** An XML element of this name. */
    public static NewType<YXmlElement> xmlElement(String name) {
        return new NewType<>(YXmlElement.class, TypeKind.XML_ELEMENT, AnyValue.wellFormed(name));
    }

    /** An XML hook of this name: a map that stands for something other than XML. */
    public static NewType<YXmlHook> xmlHook(String name) {
        return new NewType<>(YXmlHook.class, TypeKind.XML_HOOK, AnyValue.wellFormed(name));
    }

    TypeKind kind() {
        return kind;
    }

    TypeNode node() {
        return new TypeNode(kind, name);
    }

    T viewOf(TypeNode node, Doc doc) {
        return view.cast(node.view(doc));
    }
}
