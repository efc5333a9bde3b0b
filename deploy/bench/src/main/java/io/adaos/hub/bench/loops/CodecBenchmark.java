package io.adaos.hub.bench.loops;

import io.adaos.hub.projection.crdt.codec.ByteReader;
import io.adaos.hub.projection.crdt.codec.ByteWriter;
import io.adaos.hub.projection.crdt.codec.DecodeLimits;
import io.adaos.hub.projection.crdt.codec.MalformedUpdateException;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Numbers and strings of the wire format. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CodecBenchmark {
    private static final int VALUES = 1000;
    private static final int BITS_MAX = 40;
    private static final String[] TEXTS = {"progress", "running", "Größe", "x", "\uD83D\uDE00 ok"};

    private final long[] numbers = new long[VALUES];
    private byte[] encodedNumbers;
    private byte[] encodedStrings;

    /** Numbers of all lengths, short ones more often, as in real updates. */
    @Setup
    public void fill() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < VALUES; i++) {
            numbers[i] = random.nextLong(1L << random.nextInt(1, BITS_MAX));
        }
        encodedNumbers = writeNumbers();
        encodedStrings = writeStrings();
    }

    @Benchmark
    @OperationsPerInvocation(VALUES)
    public byte[] writeNumbers() {
        ByteWriter out = new ByteWriter();
        for (long number : numbers) {
            out.writeVarUint(number);
        }
        return out.toBytes();
    }

    @Benchmark
    @OperationsPerInvocation(VALUES)
    public long readNumbers() throws MalformedUpdateException {
        ByteReader in = new ByteReader(encodedNumbers, DecodeLimits.DEFAULT);
        long sum = 0;
        while (in.hasMore()) {
            sum += in.readVarUint();
        }
        return sum;
    }

    @Benchmark
    @OperationsPerInvocation(VALUES)
    public byte[] writeStrings() {
        ByteWriter out = new ByteWriter();
        for (int i = 0; i < VALUES; i++) {
            out.writeVarString(TEXTS[i % TEXTS.length]);
        }
        return out.toBytes();
    }

    @Benchmark
    @OperationsPerInvocation(VALUES)
    public int readStrings() throws MalformedUpdateException {
        ByteReader in = new ByteReader(encodedStrings, DecodeLimits.DEFAULT);
        int units = 0;
        while (in.hasMore()) {
            units += in.readVarString().length();
        }
        return units;
    }
}
