package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.crdt.codec.AnyValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A shared text with attributes. Indices and lengths count UTF-16 units; embeds count as one.
 *
 * <p>Attributes of the text's parts are JSON values; a null value ends an attribute. Besides, the
 * text as a whole has attributes of its own, which are plain values or shared types.
 */
public sealed class YText extends SharedType permits YXmlText {
    YText(Doc doc, TypeNode node) {
        super(doc, node);
    }

    /** Number of UTF-16 units and embeds. */
    public final int length() {
        return Math.toIntExact(node.length);
    }

    /** Inserts text so that its first unit gets this index; it takes the attributes found there. */
    public final void insert(Transaction transaction, int index, String text) {
        checkWritable(transaction);
        checkRange(index, 0);
        if (text.isEmpty()) {
            return;
        }
        Content content = ContentString.of(AnyValue.wellFormed(text));
        if (node.hasFormatting) {
            TextCursor cursor = cursorAt(transaction, index);
            cursor.insert(content, cursor.valid());
            return;
        }
        Item left = behindDeleted(node.itemEndingAt(transaction, index));
        if (node.markers != null) {
            node.markers.inserted(index, text.length());
        }
        transaction.insert(node, left, content);
    }

    /** New text stands behind deleted text at the same place. */
    private Item behindDeleted(Item left) {
        Item at = left;
        Item next = at == null ? node.start : at.right;
        while (next != null && next.isDeleted()) {
            at = next;
            next = next.right;
        }
        return at;
    }

    /**
     * Inserts text with exactly these attributes.
     *
     * @throws IllegalArgumentException for an attribute that JSON cannot hold
     */
    public final void insert(
            Transaction transaction, int index, String text, Map<String, ?> attributes) {
        Map<String, ContentFormat> marks = TextAttributes.marks(attributes);
        if (text.isEmpty()) {
            checkWritable(transaction);
            checkRange(index, 0);
            return;
        }
        insert(transaction, index, ContentString.of(AnyValue.wellFormed(text)), marks);
    }

    private void insert(Transaction transaction, int index, Content content,
            Map<String, ContentFormat> marks) {
        checkWritable(transaction);
        checkRange(index, 0);
        cursorAt(transaction, index).insert(content, marks);
    }

    private TextCursor cursorAt(Transaction transaction, int index) {
        TextCursor cursor = new TextCursor(transaction, node);
        cursor.skip(index);
        return cursor;
    }

    /**
     * Embeds a plain value with exactly these attributes so that it gets this index.
     *
     * @param embed an object, a list, a number or a boolean
     * @throws IllegalArgumentException for what JSON cannot hold, and for null and strings
     */
    public final void insertEmbed(
            Transaction transaction, int index, Object embed, Map<String, ?> attributes) {
        insert(transaction, index, TextAttributes.embed(embed), TextAttributes.marks(attributes));
    }

    /** Embeds a new empty shared type with exactly these attributes. */
    public final <T extends SharedType> T insertNew(
            Transaction transaction, int index, NewType<T> type, Map<String, ?> attributes) {
        checkWritable(transaction);
        checkRange(index, 0);
        Map<String, ContentFormat> marks = TextAttributes.marks(attributes);
        ContentType content = contentOf(type);
        cursorAt(transaction, index).insert(
                content, marks, () -> type.fill(content.node, doc));
        return type.viewOf(content.node, doc);
    }

    /** Gives {@code count} units from an index on these attributes; the others stay. */
    public final void format(
            Transaction transaction, int index, int count, Map<String, ?> attributes) {
        checkWritable(transaction);
        checkRange(index, count);
        Map<String, ContentFormat> marks = TextAttributes.marks(attributes);
        if (count > 0) {
            cursorAt(transaction, index).format(count, marks);
        }
    }

    /** Deletes {@code count} units from an index on. */
    public final void delete(Transaction transaction, int index, int count) {
        checkWritable(transaction);
        checkRange(index, count);
        if (node.hasFormatting && count > 0) {
            cursorAt(transaction, index).delete(count);
        } else {
            node.deleteVisible(transaction, index, count);
        }
    }

    /**
     * Carries out changes one after the other, from the head of the text on.
     *
     * @throws IndexOutOfBoundsException when they go beyond its end; nothing is changed then
     */
    public final void apply(Transaction transaction, List<TextChange> changes) {
        checkWritable(transaction);
        long units = 0;
        List<Consumer<TextCursor>> steps = new ArrayList<>(changes.size());
        for (TextChange change : changes) {
            steps.add(step(change));
            units += change instanceof TextChange.Retain retain ? retain.count()
                    : change instanceof TextChange.Delete delete ? delete.count() : 0;
        }
        if (units > node.length) {
            throw new IndexOutOfBoundsException(
                    "changes of " + units + " units, length " + node.length);
        }
        TextCursor cursor = new TextCursor(transaction, node);
        steps.forEach(step -> step.accept(cursor));
    }

    private static Consumer<TextCursor> step(TextChange change) {
        if (change instanceof TextChange.Retain retain) {
            Map<String, ContentFormat> marks = TextAttributes.marks(retain.attributes());
            return cursor -> cursor.format(retain.count(), marks);
        }
        if (change instanceof TextChange.Delete delete) {
            return cursor -> cursor.delete(delete.count());
        }
        TextChange.Insert insert = (TextChange.Insert) change;
        Map<String, ContentFormat> marks = TextAttributes.marks(insert.attributes());
        if (!(insert.insert() instanceof String text)) {
            Content embed = TextAttributes.embed(insert.insert());
            return cursor -> cursor.insert(embed, marks);
        }
        Content content = ContentString.of(AnyValue.wellFormed(text));
        return text.isEmpty() ? cursor -> { } : cursor -> cursor.insert(content, marks);
    }

    /** The value of an attribute of the text as a whole; null when there is none. */
    public final Object attribute(String name) {
        return entry(name);
    }

    /** The attributes of the text as a whole, in the order in which they were first set; a copy. */
    public final Map<String, Object> attributes() {
        return entries();
    }

    /**
     * Sets an attribute of the text as a whole to a plain value, which is copied.
     *
     * @throws IllegalArgumentException for a value a shared document cannot hold
     */
    public final void setAttribute(Transaction transaction, String name, Object value) {
        setEntry(transaction, name, value);
    }

    /** Sets an attribute of the text as a whole to a new empty shared type. */
    public final <T extends SharedType> T setNewAttribute(
            Transaction transaction, String name, NewType<T> type) {
        return setNewEntry(transaction, name, type);
    }

    /** Removes an attribute of the text as a whole; does nothing when there is none. */
    public final void removeAttribute(Transaction transaction, String name) {
        removeEntry(transaction, name);
    }

    /** The text in runs of equal attributes, with what is embedded in it. */
    public final List<TextRun> runs() {
        return TextRun.runsOf(node).stream()
                .map(run -> new TextRun(valueOf(run.insert()), run.attributes()))
                .toList();
    }

    /** The text without attributes and embeds. */
    @Override
    public String toString() {
        return TextRun.plainTextOf(node);
    }

    @Override
    public final String toJson() {
        return toString();
    }
}
