package io.adaos.hub.projection.crdt.codec;

import io.adaos.hub.projection.crdt.Portable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Holds primitive values against what lib0 writes for them, both ways. */
public final class Lib0Check {
    private Lib0Check() {}

    /** The lines of {@code lib0.jsonl} that are written or read differently here. */
    public static List<String> failures(List<Map<String, Object>> lines) {
        List<String> failures = new ArrayList<>();
        for (Map<String, Object> line : lines) {
            try {
                if (!isSame(line, bytesOf(line))) {
                    failures.add("lib0 " + line);
                }
            } catch (MalformedUpdateException | RuntimeException e) {
                failures.add("lib0 " + line + ": " + e);
            }
        }
        return failures;
    }

    private static byte[] bytesOf(Map<String, Object> line) {
        return HexFormat.of().parseHex((String) line.get("hex"));
    }

    private static boolean isSame(Map<String, Object> line, byte[] bytes)
            throws MalformedUpdateException {
        ByteReader in = new ByteReader(bytes, DecodeLimits.DEFAULT);
        ByteWriter out = new ByteWriter();
        Object value = line.get("v");
        boolean read = switch ((String) line.get("t")) {
            case "varUint" -> {
                long number = Long.parseLong((String) value);
                out.writeVarUint(number);
                yield number == in.readVarUint();
            }
            case "varInt" -> {
                String text = (String) value;
                out.writeVarInt(text.startsWith("-"), Math.abs(Long.parseLong(text)));
                Number number = text.equals("-0") ? (Number) (-0.0) : (Number) Long.valueOf(text);
                yield number.equals(in.readVarInt());
            }
            case "varString" -> {
                boolean lone = line.containsKey("lone");
                out.writeVarString(lone
                        ? String.valueOf((char) Integer.parseInt((String) line.get("lone"), 16))
                        : (String) value);
                yield (lone ? "\uFFFD" : value).equals(in.readVarString());
            }
            case "any" -> {
                AnyCodec.write(out, AnyValue.copyOf(Portable.toValue(value)));
                Object portable = Portable.of(AnyCodec.read(in));
                yield value == null ? portable == null : value.equals(portable);
            }
            default -> throw new AssertionError("unknown primitive " + line);
        };
        return read && in.remaining() == 0 && Arrays.equals(bytes, out.toBytes());
    }
}
