package io.adaos.hub.projection.crdt;

import java.util.ArrayList;
import java.util.List;

/** A shared list of XML nodes; also the element such a list can be the inside of. */
public final class YXmlFragment extends SharedType {
    YXmlFragment(Doc doc, TypeNode node) {
        super(doc, node);
    }

    /** The child nodes: XML fragments (elements) and texts; a copy. */
    public List<Object> children() {
        List<Object> children = new ArrayList<>();
        for (Item item = node.start; item != null; item = item.right) {
            for (long i = 0; item.isVisible() && i < item.length; i++) {
                children.add(valueOf(item.content.valueAt(i)));
            }
        }
        return children;
    }

    /** The attribute of an element; null when it has none of this name. */
    public Object attribute(String name) {
        Item item = node.liveEntry(name);
        return item == null ? null : valueOf(item.content.valueAt(item.length - 1));
    }

    /** The XML text; nothing in it is escaped. */
    @Override
    public String toString() {
        return XmlView.of(node);
    }

    @Override
    public String toJson() {
        return toString();
    }
}
