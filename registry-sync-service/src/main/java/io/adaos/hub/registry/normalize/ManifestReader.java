package io.adaos.hub.registry.normalize;

import io.adaos.hub.contracts.error.FieldProblem;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads a manifest, one YAML 1.2 document whose root is a mapping, into plain values: text,
 * numbers, booleans, null, lists, and mappings with text keys.
 *
 * <p>Texts are kept as they are, markup included. Merge keys ({@code <<}) are honoured. Refused,
 * with line and column: duplicate keys, tags that stand for objects, references to themselves,
 * numbers that JSON cannot hold, and everything beyond the limits.
 */
public final class ManifestReader {

    private static final String REMEDY_SYNTAX =
            "Correct the YAML at this place; a YAML linter shows it too";
    private static final int MESSAGE_CHARS_MAX = 200;

    private final YamlLimits limits;

    public ManifestReader(YamlLimits limits) {
        this.limits = limits;
    }

    /** Reads the bytes of the file called {@code fileName}, which the problems name. */
    public ManifestDocument read(String fileName, byte[] bytes) {
        if (bytes.length > limits.bytesMax()) {
            return ManifestDocument.unreadable(tooLong(fileName, limits));
        }
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            return ManifestDocument.unreadable(new FieldProblem(fileName, "manifest_not_utf8",
                    "the manifest is not UTF-8 text", "Save the file as UTF-8"));
        }
        YamlTree tree = new YamlTree(limits);
        try {
            return tree.read(fileName, parse(text));
        } catch (MarkedYamlEngineException e) {
            return ManifestDocument.unreadable(new FieldProblem(fileName, "yaml_syntax",
                    at(e.getProblemMark()) + e.getProblem(), REMEDY_SYNTAX));
        } catch (YamlTree.LimitException e) {
            return ManifestDocument.unreadable(e.problem());
        } catch (YamlEngineException e) {
            return ManifestDocument.unreadable(new FieldProblem(fileName, "yaml_syntax",
                    firstLine(e.getMessage()), REMEDY_SYNTAX));
        }
    }

    /** The problem of a manifest that has more bytes than are read. */
    public static FieldProblem tooLong(String fileName, YamlLimits limits) {
        return new FieldProblem(fileName, "manifest_too_long",
                "the manifest has more than " + limits.bytesMax() + " bytes",
                "Move long texts and tables into files of their own");
    }

    /** {@code line 3, column 7: }, counted from 1. */
    static String at(Optional<Mark> mark) {
        return mark.map(place -> "line " + (place.getLine() + 1)
                + ", column " + (place.getColumn() + 1) + ": ").orElse("");
    }

    private Iterable<org.snakeyaml.engine.v2.events.Event> parse(String text) {
        // a byte order mark is no part of the text
        String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
        return new Parse(LoadSettings.builder().setCodePointLimit(limits.bytesMax()).build())
                .parseString(plain);
    }

    private static String firstLine(String message) {
        String line = String.valueOf(message).lines().findFirst().orElse("unreadable");
        return line.length() <= MESSAGE_CHARS_MAX ? line : line.substring(0, MESSAGE_CHARS_MAX);
    }
}
