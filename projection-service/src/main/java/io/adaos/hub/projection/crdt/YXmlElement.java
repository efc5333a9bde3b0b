package io.adaos.hub.projection.crdt;

import java.util.Map;

/** A named list of XML nodes with attributes. */
public final class YXmlElement extends YXmlFragment {
    /** What yjs calls an element that nobody has named, as roots are. */
    static final String UNNAMED = "UNDEFINED";

    YXmlElement(Doc doc, TypeNode node) {
        super(doc, node);
    }

    /** The name, in the case in which it was given. */
    public String name() {
        return nameOf(node);
    }

    static String nameOf(TypeNode element) {
        return element.owner == null ? UNNAMED : element.name;
    }

    /** The value of an attribute; null when there is none (see {@link #attributes}). */
    public Object attribute(String name) {
        return entry(name);
    }

    /** The attributes, in the order in which they were first set; a copy. */
    public Map<String, Object> attributes() {
        return entries();
    }

    /**
     * Sets an attribute to a plain value, which is copied.
     *
     * @throws IllegalArgumentException for a value a shared document cannot hold
     */
    public void setAttribute(Transaction transaction, String name, Object value) {
        setEntry(transaction, name, value);
    }

    /** Sets an attribute to a new empty shared type. */
    public <T extends SharedType> T setNewAttribute(
            Transaction transaction, String name, NewType<T> type) {
        return setNewEntry(transaction, name, type);
    }

    /** Removes an attribute; does nothing when there is none. */
    public void removeAttribute(Transaction transaction, String name) {
        removeEntry(transaction, name);
    }
}
