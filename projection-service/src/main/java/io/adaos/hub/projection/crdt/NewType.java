package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.crdt.codec.AnyValue;
import java.util.function.Consumer;

/**
 * What a new nested shared type shall be; it is made where it is put, and filled there at once.
 *
 * @param <T> how the new type is seen
 */
public final class NewType<T extends SharedType> {
    public static final NewType<YMap> MAP = new NewType<>(YMap.class, TypeKind.MAP);
    public static final NewType<YArray> ARRAY = new NewType<>(YArray.class, TypeKind.ARRAY);
    public static final NewType<YText> TEXT = new NewType<>(YText.class, TypeKind.TEXT);
    public static final NewType<YXmlFragment> XML_FRAGMENT =
            new NewType<>(YXmlFragment.class, TypeKind.XML_FRAGMENT);
    public static final NewType<YXmlText> XML_TEXT =
            new NewType<>(YXmlText.class, TypeKind.XML_TEXT);

    private final Class<T> view;
    private final TypeKind kind;
    private final String name;      // of an element or a hook; null = none
    private final Consumer<T> filling;

    private NewType(Class<T> view, TypeKind kind) {
        this(view, kind, null, type -> { });
    }

    private NewType(Class<T> view, TypeKind kind, String name, Consumer<T> filling) {
        this.view = view;
        this.kind = kind;
        this.name = name;
        this.filling = filling;
    }

    /** An XML element of this name. */
    public static NewType<YXmlElement> xmlElement(String name) {
        return new NewType<>(YXmlElement.class, TypeKind.XML_ELEMENT,
                AnyValue.wellFormed(name), element -> { });
    }

    /** An XML hook of this name: a map that stands for something other than XML. */
    public static NewType<YXmlHook> xmlHook(String name) {
        return new NewType<>(YXmlHook.class, TypeKind.XML_HOOK,
                AnyValue.wellFormed(name), hook -> { });
    }

    /**
     * The same with content: {@code content} writes it, in the transaction that puts the type
     * into the document, before whatever that call writes behind the type.
     */
    public NewType<T> with(Consumer<T> content) {
        return new NewType<>(view, kind, name, filling.andThen(content));
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

    /** Fills the type that was put into the document and gives it to its user. */
    T fill(TypeNode node, Doc doc) {
        T type = viewOf(node, doc);
        filling.accept(type);
        return type;
    }
}
