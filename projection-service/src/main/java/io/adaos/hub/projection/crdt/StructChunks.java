package io.adaos.hub.projection.crdt;

import java.util.Arrays;

/** Two or more structs of one client, without holes from clock 0 on. */
final class StructChunks {
    /*
     * Notes.
     *
     * Typing in the middle of a text cuts and joins structs anywhere in the list, so the list is
     * kept in chunks: a change moves at most one chunk. A position is the number of a chunk and
     * an offset in it; it is good until a struct is inserted, or one at or before it is removed.
     */

    private static final int NONE = ClientStructs.NONE;
    private static final int CHUNK_BITS = 9;
    private static final int CHUNK_SLOTS = 1 << CHUNK_BITS;
    private static final int SLOTS_MIN = 4;

    private Chunk[] chunks = new Chunk[1];
    private int chunkCount;
    private int size;

    /** A list of one struct. */
    StructChunks(Struct first) {
        addChunk(0, new Chunk(SLOTS_MIN));
        chunks[0].insert(0, first);
        size = 1;
    }

    /** A part of the list; never empty. */
    private static final class Chunk {
        private Struct[] structs;
        private int size;

        Chunk(int slots) {
            structs = new Struct[slots];
        }

        void insert(int offset, Struct struct) {
            if (size == structs.length) {
                structs = Arrays.copyOf(structs,
                        Math.min(2 * size, CHUNK_SLOTS));
            }
            System.arraycopy(structs, offset, structs, offset + 1, size - offset);
            structs[offset] = struct;
            size++;
        }

        void remove(int offset) {
            size--;
            System.arraycopy(structs, offset + 1, structs, offset, size - offset);
            structs[size] = null;
        }

        /** Moves the upper half into a new chunk. */
        Chunk halve() {
            Chunk upper = new Chunk(CHUNK_SLOTS);
            int kept = size / 2;
            upper.size = size - kept;
            System.arraycopy(structs, kept, upper.structs, 0, upper.size);
            Arrays.fill(structs, kept, size, null);
            size = kept;
            return upper;
        }

        /** The offset of the struct that holds a clock, which must not be before this chunk. */
        int offsetOf(long clock) {
            int low = 0;
            int high = size - 1;
            if (structs[high].clock() <= clock) {
                return high;
            }
            while (low < high) {
                int middle = (low + high + 1) >>> 1;
                if (structs[middle].clock() <= clock) {
                    low = middle;
                } else {
                    high = middle - 1;
                }
            }
            return low;
        }
    }

    /** Number of structs. */
    int size() {
        return size;
    }

    Struct last() {
        Chunk last = chunks[chunkCount - 1];
        return last.structs[last.size - 1];
    }

    /** Appends a struct that starts where the last one ends. */
    void add(Struct struct) {
        if (chunks[chunkCount - 1].size == CHUNK_SLOTS) {
            addChunk(chunkCount, new Chunk(CHUNK_SLOTS));
        }
        Chunk last = chunks[chunkCount - 1];
        last.insert(last.size, struct);
        size++;
    }

    private void addChunk(int index, Chunk chunk) {
        if (chunkCount == chunks.length) {
            chunks = Arrays.copyOf(chunks, 2 * chunkCount);
        }
        System.arraycopy(chunks, index, chunks, index + 1, chunkCount - index);
        chunks[index] = chunk;
        chunkCount++;
    }

    /** The position of the struct that holds {@code clock}, which must be below the next clock. */
    int positionOf(long clock) {
        int low = 0;
        int high = chunkCount - 1;
        if (chunks[high].structs[0].clock() <= clock) {
            low = high;
        }
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (chunks[middle].structs[0].clock() <= clock) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low << CHUNK_BITS | chunks[low].offsetOf(clock);
    }

    Struct at(int position) {
        return chunks[position >>> CHUNK_BITS].structs[position & CHUNK_SLOTS - 1];
    }

    /** The position behind another, or {@link #NONE} at the end. */
    int next(int position) {
        int chunk = position >>> CHUNK_BITS;
        if ((position & CHUNK_SLOTS - 1) + 1 < chunks[chunk].size) {
            return position + 1;
        }
        return chunk + 1 < chunkCount ? chunk + 1 << CHUNK_BITS : NONE;
    }

    /** The position before another, or {@link #NONE} at the start. */
    int previous(int position) {
        if ((position & CHUNK_SLOTS - 1) > 0) {
            return position - 1;
        }
        int chunk = (position >>> CHUNK_BITS) - 1;
        return chunk < 0 ? NONE : chunk << CHUNK_BITS | chunks[chunk].size - 1;
    }

    /** Number of structs from a position on. */
    int countFrom(int position) {
        int chunk = position >>> CHUNK_BITS;
        int count = chunks[chunk].size - (position & CHUNK_SLOTS - 1);
        for (int i = chunk + 1; i < chunkCount; i++) {
            count += chunks[i].size;
        }
        return count;
    }

    void replace(int position, Struct struct) {
        chunks[position >>> CHUNK_BITS].structs[position & CHUNK_SLOTS - 1] = struct;
    }

    /** Puts the right half of a split struct behind its left half. */
    void insertAfter(int position, Struct struct) {
        int index = position >>> CHUNK_BITS;
        int offset = (position & CHUNK_SLOTS - 1) + 1;
        Chunk chunk = chunks[index];
        if (chunk.size == CHUNK_SLOTS) {
            Chunk upper = chunk.halve();
            addChunk(index + 1, upper);
            if (offset > chunk.size) {
                offset -= chunk.size;
                chunk = upper;
            }
        }
        chunk.insert(offset, struct);
        size++;
    }

    /** Drops a struct that became a part of the one before it. */
    void remove(int position) {
        int index = position >>> CHUNK_BITS;
        Chunk chunk = chunks[index];
        chunk.remove(position & CHUNK_SLOTS - 1);
        size--;
        if (chunk.size == 0) {
            chunkCount--;
            System.arraycopy(chunks, index + 1, chunks, index, chunkCount - index);
            chunks[chunkCount] = null;
        }
    }
}
