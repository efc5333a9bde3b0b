package io.adaos.hub.projection.crdt.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnyCodecTest {

    private static String write(Object value) {
        ByteWriter out = new ByteWriter();
        AnyCodec.write(out, AnyValue.copyOf(value));
        return HexFormat.of().formatHex(out.toBytes());
    }

    private static Object read(String hex) throws MalformedUpdateException {
        return AnyCodec.read(
                new ByteReader(HexFormat.of().parseHex(hex), DecodeLimits.DEFAULT));
    }

    @Test
    void object_withIndexKeys_listsThemFirstAscending() {
        // Given
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("b", 1);
        object.put("10", 2);
        object.put("9", 3);
        object.put("01", 4);

        // When
        String hex = write(object);

        // Then
        assertEquals("7604" + "01397d03" + "0231307d02" + "01627d01" + "0230317d04", hex);
    }

    @Test
    void numbers_ofAnyJavaClass_haveOneForm() {
        assertEquals(write(5L), write(5));
        assertEquals(write(5L), write(5.0));
        assertEquals(write(5L), write((short) 5));
        assertEquals(write(0.5), write(0.5f));
        assertEquals("7cdf000000", write(-0x1p63));
    }

    @Test
    void read_integralFloat_isALongAsInJavaScript() throws MalformedUpdateException {
        assertEquals(4_294_967_296L, read("7c4f800000"));
        assertEquals(-0.0, read("7d40"));
        assertEquals(1e300, read("7b7e37e43c8800759c"));
        assertEquals(-0x1p63, read("7cdf000000"));
    }

    @Test
    void copyOf_whatADocumentCannotHold_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> AnyValue.copyOf(Long.MAX_VALUE));
        assertThrows(IllegalArgumentException.class, () -> AnyValue.copyOf(Long.MIN_VALUE));
        assertThrows(IllegalArgumentException.class, () -> AnyValue.copyOf(BigDecimal.ONE));
        assertThrows(IllegalArgumentException.class, () -> AnyValue.copyOf(Map.of(1, 2)));
        assertThrows(IllegalArgumentException.class, () -> AnyValue.copyOf(new Object()));
    }

    @Test
    void copyOf_aListInItself_isRefusedAndDoesNotOverflow() {
        // Given
        List<Object> endless = new ArrayList<>();
        endless.add(endless);

        // Then
        assertThrows(IllegalArgumentException.class, () -> AnyValue.copyOf(endless));
    }

    @Test
    void copyOf_halfASurrogatePair_becomesWhatOthersWillRead() {
        assertEquals("a\uFFFDb\uD83D\uDE00", AnyValue.copyOf("a\uD83Db\uD83D\uDE00"));
    }

    @Test
    void read_unknownTagOrDeepNesting_isRefused() {
        assertThrows(MalformedUpdateException.class, () -> read("73"));
        assertThrows(MalformedUpdateException.class, () -> read("7501".repeat(1000) + "7e"));
        assertThrows(MalformedUpdateException.class, () -> read("75ffffffff07"));
    }
}
