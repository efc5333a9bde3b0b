package io.adaos.hub.projection.crdt;

/** A shared text among XML nodes, the attributes of which are the tags around it. */
public final class YXmlText extends YText {
    YXmlText(Doc doc, TypeNode node) {
        super(doc, node);
    }

    /** The text with its attributes as tags, sorted by name; nothing is escaped. */
    @Override
    public String toString() {
        return XmlView.of(node);
    }
}
