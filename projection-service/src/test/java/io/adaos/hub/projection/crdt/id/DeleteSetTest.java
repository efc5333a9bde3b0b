package io.adaos.hub.projection.crdt.id;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.projection.crdt.codec.ByteReader;
import io.adaos.hub.projection.crdt.codec.ByteWriter;
import io.adaos.hub.projection.crdt.codec.DecodeLimits;
import io.adaos.hub.projection.crdt.codec.MalformedUpdateException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeleteSetTest {

    private static DeleteSet decode(String hex) throws MalformedUpdateException {
        return DeleteSet.decode(
                new ByteReader(HexFormat.of().parseHex(hex), DecodeLimits.DEFAULT));
    }

    @Test
    void build_anyOrderAndOverlap_isSortedAndJoined() {
        // Given
        DeleteSet.Builder builder = new DeleteSet.Builder();
        builder.add(1, 10, 5);
        builder.add(9, 0, 1);
        builder.add(1, 0, 3);
        builder.add(1, 3, 2);
        builder.add(1, 12, 8);
        builder.add(1, 30, 0);

        // When
        DeleteSet set = builder.build();

        // Then
        assertEquals("deleted 9:0+1 1:0+5 1:10+10", set.toString());
        assertEquals(List.of(new IdRange(0, 5), new IdRange(10, 10)), set.ranges(1));
    }

    @Test
    void contains_onTheEdges_isExact() {
        // Given
        DeleteSet.Builder builder = new DeleteSet.Builder();
        builder.add(5, 2, 3);
        builder.add(5, 9, 1);
        builder.add(7, 0, 1);

        // When
        DeleteSet set = builder.build();

        // Then
        assertFalse(set.contains(5, 1));
        assertTrue(set.contains(5, 2));
        assertTrue(set.contains(5, 4));
        assertFalse(set.contains(5, 5));
        assertTrue(set.contains(5, 9));
        assertTrue(set.contains(7, 0));
        assertFalse(set.contains(6, 0));
        assertFalse(DeleteSet.EMPTY.contains(5, 2));
    }

    @Test
    void encode_thenDecode_isTheSame() throws MalformedUpdateException {
        // Given
        DeleteSet set = decode("02" + "0101" + "0005" + "0902" + "0401" + "0002");

        // When
        ByteWriter out = new ByteWriter();
        set.encode(out);

        // Then
        assertEquals("02" + "0902" + "0002" + "0401" + "0101" + "0005",
                HexFormat.of().formatHex(out.toBytes()));
        assertEquals(set, decode(HexFormat.of().formatHex(out.toBytes())));
    }

    @Test
    void union_ofTwo_holdsBoth() throws MalformedUpdateException {
        assertEquals(decode("010101" + "0007"),
                DeleteSet.union(List.of(decode("010101" + "0005"), decode("010101" + "0304"))));
    }

    @Test
    void decode_emptyRangeOrEndBeyondNumbers_isRefused() {
        assertThrows(MalformedUpdateException.class, () -> decode("010101" + "0000"));
        assertThrows(MalformedUpdateException.class,
                () -> decode("010101" + "02" + "ffffffffffffff0f"));
        assertThrows(MalformedUpdateException.class, () -> decode("0101ff7f"));
    }
}
