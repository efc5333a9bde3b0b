package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.crdt.codec.ByteWriter;
import java.util.Arrays;
import java.util.Random;

/** Updates nobody should send: those too long to be listed as bytes, and mutations. */
public final class HostileUpdates {
    private static final int CLIENT = 81397;

    private HostileUpdates() {}

    /** The update a line of {@code malformed.jsonl} names without giving its bytes. */
    public static byte[] named(String name) {
        if (name.startsWith("any: array of 2^31 elements")) {
            return hugeArray();
        }
        return switch (name) {
            case "any: arrays nested 20000 deep" -> nestedArrays(20_000);
            case "types nested 5000 deep" -> nestedTypes(5_000);
            case "100000 one-length GCs (200 kB)" -> manyGcs(100_000);
            case "20000 clients, one map write each, same key" -> manyClients(20_000);
            default -> throw new AssertionError("no bytes for: " + name);
        };
    }

    private static ByteWriter blockOf(int structs) {
        ByteWriter out = new ByteWriter();
        out.writeVarUint(1);
        out.writeVarUint(structs);
        out.writeVarUint(CLIENT);
        out.writeVarUint(0);
        return out;
    }

    private static void entry(ByteWriter out, int ref) {
        out.writeByte(Item.HAS_PARENT_SUB | ref);
        out.writeVarUint(1);
        out.writeVarString("m");
        out.writeVarString("k");
    }

    private static byte[] hugeArray() {
        ByteWriter out = blockOf(1);
        entry(out, ContentAny.REF);
        out.writeVarUint(1);
        out.writeByte(117);
        out.writeVarUint(1L << 31);
        byte[] filler = new byte[200_000];
        Arrays.fill(filler, (byte) 127);
        out.writeBytes(filler);
        out.writeVarUint(0);
        return out.toBytes();
    }

    static byte[] nestedArrays(int depth) {
        ByteWriter out = blockOf(1);
        entry(out, ContentAny.REF);
        out.writeVarUint(1);
        for (int i = 0; i < depth; i++) {
            out.writeByte(117);
            out.writeVarUint(1);
        }
        out.writeByte(126);
        out.writeVarUint(0);
        return out.toBytes();
    }

    static byte[] nestedTypes(int depth) {
        ByteWriter out = blockOf(depth);
        entry(out, ContentType.REF);
        out.writeVarUint(1);
        for (int i = 1; i < depth; i++) {
            out.writeByte(Item.HAS_PARENT_SUB | ContentType.REF);
            out.writeVarUint(0);
            out.writeVarUint(CLIENT);
            out.writeVarUint(i - 1);
            out.writeVarString("k");
            out.writeVarUint(1);
        }
        out.writeVarUint(0);
        return out.toBytes();
    }

    private static byte[] manyGcs(int count) {
        ByteWriter out = blockOf(count);
        for (int i = 0; i < count; i++) {
            out.writeByte(Gc.REF);
            out.writeVarUint(1);
        }
        out.writeVarUint(0);
        return out.toBytes();
    }

    private static byte[] manyClients(int count) {
        ByteWriter out = new ByteWriter();
        out.writeVarUint(count);
        for (int i = 0; i < count; i++) {
            out.writeVarUint(1);
            out.writeVarUint(1000 + i);
            out.writeVarUint(0);
            entry(out, ContentAny.REF);
            out.writeVarUint(1);
            out.writeByte(120);
        }
        out.writeVarUint(0);
        return out.toBytes();
    }

    /** As {@link #mutated(byte[], byte[], Random)}, with pieces of its own only. */
    static byte[] mutated(byte[] update, Random random) {
        return mutated(update, update, random);
    }

    /**
     * The update with bits flipped, cut short, with a piece left out, put in twice or taken from
     * another update, or with a count blown up.
     */
    static byte[] mutated(byte[] update, byte[] other, Random random) {
        byte[] copy = update.clone();
        int kind = random.nextInt(8);
        for (int i = kind < 3 ? 1 + random.nextInt(3) : random.nextInt(2); i > 0; i--) {
            copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(8));
        }
        int from = random.nextInt(copy.length);
        int to = from + random.nextInt(Math.min(copy.length - from, 30) + 1);
        return switch (kind) {
            case 3 -> Arrays.copyOf(copy, from);
            case 4 -> spliced(copy, from, to, new byte[0]);
            case 5 -> spliced(copy, to, to, Arrays.copyOfRange(copy, from, to));
            case 6 -> spliced(copy, from, to, pieceOf(other, random));
            case 7 -> spliced(copy, from, from + 1, count(random));
            default -> copy;
        };
    }

    private static byte[] pieceOf(byte[] update, Random random) {
        int from = random.nextInt(update.length);
        return Arrays.copyOfRange(update, from,
                from + random.nextInt(Math.min(update.length - from, 60) + 1));
    }

    private static byte[] count(Random random) {
        ByteWriter out = new ByteWriter();
        out.writeVarUint(random.nextLong() >>> (11 + random.nextInt(50)));
        return out.toBytes();
    }

    /** The bytes with something else in the place of [from, to). */
    private static byte[] spliced(byte[] bytes, int from, int to, byte[] piece) {
        ByteWriter out = new ByteWriter();
        out.writeBytes(Arrays.copyOfRange(bytes, 0, from));
        out.writeBytes(piece);
        out.writeBytes(Arrays.copyOfRange(bytes, to, bytes.length));
        return out.toBytes();
    }
}
