package io.adaos.hub.bench.crdt;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * All runs of one workload on both sides.
 *
 * @param ours our samples, in the order of the runs
 * @param yjs those of Yjs
 */
record Row(String workload, List<Sample> ours, List<Sample> yjs) {
    /** At most this share of the time of Yjs. */
    static final double RATIO_MAX = 0.5;

    /** At most so much heap for each struct of a document. */
    static final double BYTES_PER_STRUCT_MAX = 100;

    /** Below this number of structs, what a document costs hides what a struct costs. */
    static final int STRUCTS_MIN = 1000;

    Row {
        ours = List.copyOf(ours);
        yjs = List.copyOf(yjs);
    }

    static double median(List<Sample> samples, ToDoubleFunction<Sample> value) {
        double[] sorted = samples.stream().mapToDouble(value).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    double ours(ToDoubleFunction<Sample> value) {
        return median(ours, value);
    }

    double yjs(ToDoubleFunction<Sample> value) {
        return median(yjs, value);
    }

    /** Our time as a share of that of Yjs; 0 when the workload does not measure it. */
    double ratio(ToDoubleFunction<Sample> value) {
        double theirs = yjs(value);
        return theirs == 0 ? 0 : ours(value) / theirs;
    }

    boolean sameBytes() {
        return ours.stream().allMatch(sample -> sample.sameBytes(yjs.get(0)));
    }

    int structs() {
        return ours.get(0).structs();
    }

    boolean showsStructs() {
        return structs() >= STRUCTS_MIN;
    }

    /** The targets this row misses; empty when it meets all. */
    List<String> missed() {
        List<String> missed = new ArrayList<>();
        addRatio(missed, "do", Sample::doMs);
        addRatio(missed, "apply", Sample::applyMs);
        addRatio(missed, "encode", Sample::encodeMs);
        addRatio(missed, "parse", Sample::parseMs);
        if (!sameBytes()) {
            missed.add("bytes");
        }
        if (showsStructs() && ours(Sample::bytesPerStruct) > BYTES_PER_STRUCT_MAX) {
            missed.add("heap");
        }
        return missed;
    }

    private void addRatio(List<String> missed, String name, ToDoubleFunction<Sample> value) {
        if (ratio(value) > RATIO_MAX) {
            missed.add(name);
        }
    }
}
