package io.adaos.hub.projection.crdt.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.projection.crdt.Portable;
import io.adaos.hub.projection.crdt.Vectors;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Primitive values as lib0 writes them. */
class Lib0VectorsTest {

    @Test
    void primitives_bothWays_equalToLib0() throws MalformedUpdateException {
        // Given
        List<Map<String, Object>> lines = Vectors.lines("lib0.jsonl");

        // When
        for (Map<String, Object> line : lines) {
            check(line);
        }

        // Then
        System.out.println("lib0 values " + lines.size());
        assertTrue(lines.size() > 0);
    }

    private static void check(Map<String, Object> line) throws MalformedUpdateException {
        byte[] bytes = Vectors.hex(line.get("hex"));
        ByteReader in = new ByteReader(bytes, DecodeLimits.DEFAULT);
        ByteWriter out = new ByteWriter();
        Object value = line.get("v");
        switch ((String) line.get("t")) {
            case "varUint" -> {
                long number = Long.parseLong((String) value);
                out.writeVarUint(number);
                assertEquals(number, in.readVarUint());
            }
            case "varInt" -> {
                String text = (String) value;
                out.writeVarInt(text.startsWith("-"), Math.abs(Long.parseLong(text)));
                assertEquals(text.equals("-0") ? (Number) (-0.0) : (Number) Long.valueOf(text),
                        in.readVarInt());
            }
            case "varString" -> {
                boolean lone = line.containsKey("lone");
                out.writeVarString(lone
                        ? String.valueOf((char) Integer.parseInt((String) line.get("lone"), 16))
                        : (String) value);
                assertEquals(lone ? "\uFFFD" : value, in.readVarString());
            }
            case "any" -> {
                AnyCodec.write(out, AnyValue.copyOf(Portable.toValue(value)));
                assertEquals(value, Portable.of(AnyCodec.read(in)));
            }
            default -> throw new AssertionError("unknown primitive " + line);
        }
        assertArrayEquals(bytes, out.toBytes(), line.toString());
        assertEquals(0, in.remaining(), line.toString());
    }
}
