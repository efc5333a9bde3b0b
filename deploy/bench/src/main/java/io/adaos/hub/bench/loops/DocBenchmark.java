package io.adaos.hub.bench.loops;

import io.adaos.hub.projection.crdt.Doc;
import io.adaos.hub.projection.crdt.codec.MalformedUpdateException;
import java.util.ArrayList;
import java.util.List;
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

/** Writing, integrating and decoding, per operation. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DocBenchmark {
    private static final int STEPS = 1000;
    private static final int KEYS = 50;

    private final List<byte[]> appends = new ArrayList<>();
    private byte[] state;

    @Setup
    public void write() {
        Doc doc = new Doc(1);
        for (int i = 0; i < STEPS; i++) {
            int at = i;
            appends.add(doc.transact("jmh", tx -> doc.getText("t").insert(tx, at, "x")));
        }
        state = writeEntries().encodeStateAsUpdate();
    }

    @Benchmark
    @OperationsPerInvocation(STEPS)
    public Doc appendText() {
        Doc doc = new Doc(1);
        for (int i = 0; i < STEPS; i++) {
            int at = i;
            doc.transact("jmh", tx -> doc.getText("t").insert(tx, at, "x"));
        }
        return doc;
    }

    @Benchmark
    @OperationsPerInvocation(STEPS)
    public Doc integrateAppends() throws MalformedUpdateException {
        Doc doc = new Doc(2);
        for (byte[] update : appends) {
            doc.apply(update, "jmh");
        }
        return doc;
    }

    @Benchmark
    @OperationsPerInvocation(STEPS)
    public Doc setEntries() {
        return writeEntries();
    }

    private static Doc writeEntries() {
        Doc doc = new Doc(1);
        for (int i = 0; i < STEPS; i++) {
            int value = i;
            doc.transact("jmh", tx -> doc.getMap("m").set(tx, "k" + value % KEYS, value));
        }
        return doc;
    }

    @Benchmark
    @OperationsPerInvocation(STEPS)
    public Doc decode() throws MalformedUpdateException {
        Doc doc = new Doc(2);
        doc.apply(state, "jmh");
        return doc;
    }
}
