package io.adaos.hub.projection.crdt.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ByteReaderTest {

    private static ByteReader of(String hex) {
        return new ByteReader(HexFormat.of().parseHex(hex), DecodeLimits.DEFAULT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "80", "ffffffff", "ffffffffffffff1f", "8080808080808080800f"})
    void varUint_cutShortOrTooLarge_isRefused(String hex) {
        assertThrows(MalformedUpdateException.class, () -> of(hex).readVarUint());
    }

    @Test
    void varUint_overlongForm_isRead() throws MalformedUpdateException {
        assertEquals(0, of("8000").readVarUint());
    }

    @Test
    void varInt_beyondExactNumbers_isRefused() {
        assertThrows(MalformedUpdateException.class, () -> of("bfffffffffffff3f").readVarInt());
        assertThrows(MalformedUpdateException.class,
                () -> of("ffffffffffffffffffffff01").readVarInt());
    }

    @ParameterizedTest
    @ValueSource(strings = {"01c3", "02c328", "03eda080", "01ff", "02c080"})
    void varString_notUtf8_isRefused(String hex) {
        assertThrows(MalformedUpdateException.class, () -> of(hex).readVarString());
    }

    @Test
    void varString_longerThanInputOrLimit_isRefusedBeforeMemoryIsTaken() {
        // Given
        DecodeLimits small = new DecodeLimits(100, 10, 10, 10, 4, 8);

        // When
        ByteReader limited = new ByteReader(HexFormat.of().parseHex("056162636465"), small);

        // Then
        assertThrows(MalformedUpdateException.class, limited::readVarString);
        assertThrows(MalformedUpdateException.class, () -> of("abab878008").readVarString());
    }

    @Test
    void count_beyondWhatTheInputCanHold_isRefused() throws MalformedUpdateException {
        assertEquals(2, of("0200000000").readCount(10, 2));
        assertThrows(MalformedUpdateException.class, () -> of("03000000").readCount(10, 2));
        assertThrows(MalformedUpdateException.class, () -> of("0b").readCount(10, 1));
    }

    @Test
    void varString_readTwiceWithACache_isOneObject() throws MalformedUpdateException {
        // Given
        StringCache cache = new StringCache();

        // When
        ByteReader in = of("0373617903736179");
        String first = in.readVarString(cache);
        String second = in.readVarString(cache);

        // Then
        assertEquals("say", first);
        assertSame(first, second);
    }

    @Test
    void exception_saysWhere() {
        // When
        ByteReader in = of("01ff");
        MalformedUpdateException refused =
                assertThrows(MalformedUpdateException.class, in::readVarString);

        // Then
        assertEquals(1, refused.offset());
    }
}
