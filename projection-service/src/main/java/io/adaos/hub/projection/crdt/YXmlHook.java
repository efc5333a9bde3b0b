package io.adaos.hub.projection.crdt;

/** A map among XML nodes: what it stands for is known to the application that named it. */
public final class YXmlHook extends YMap {
    YXmlHook(Doc doc, TypeNode node) {
        super(doc, node);
    }

    /** The name by which the application knows it. */
    public String hookName() {
        return node.name;
    }
}
