package io.adaos.hub.projection.governance.corpus;

import com.fasterxml.jackson.core.type.TypeReference;
import io.adaos.hub.runtime.http.HubJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One way of writing from the corpus, and the state it ends in.
 *
 * @param kind {@code abusive} or {@code good}
 * @param plane {@code governed}, {@code direct} (raw updates of a skill) or {@code person}
 * @param grant paths the skill declared for raw updates
 * @param state policy state after the last write; {@code refused} when every write is refused
 * @param reason why; absent for {@code ok}
 */
record WritePattern(String name, String kind, String plane, List<String> grant, List<Step> steps,
        String state, String reason) {

    private static final TypeReference<List<WritePattern>> CORPUS = new TypeReference<>() { };

    /**
     * Writes at an even pace.
     *
     * @param perSecond moments a second at which something is written
     * @param burst writes of one moment
     * @param path {@code {n}} becomes the number of the path
     * @param paths how many paths are written in turn
     * @param values what is written; see {@link #value}
     * @param changed bytes of the leaves that change, when not all do
     */
    record Step(Double perSecond, Integer seconds, Integer burst, Long bytes, String path,
            Integer paths, String values, Long changed) {

        Step {
            perSecond = perSecond == null ? 1 : perSecond;
            seconds = seconds == null ? 10 : seconds;
            burst = burst == null ? 1 : burst;
            bytes = bytes == null ? 50 : bytes;
            path = path == null ? "data/x/{n}" : path;
            paths = paths == null ? 1 : paths;
            values = values == null ? "fresh" : values;
            changed = changed == null ? -1 : changed;
        }

        /** What the write of this number brings to its path. */
        Write write(int number) {
            int turn = number / paths;
            String place = path.replace("{n}", String.valueOf(number % paths));
            String content = switch (values) {
                case "same", "scalar_same" -> "same";
                case "alternate", "filled_emptied" -> "turn" + turn % 2;
                case "pairs" -> "turn" + turn / 2 % 2;
                case "fresh", "scalar" -> "fresh" + number;
                default -> throw new IllegalArgumentException("no such values: " + values);
            };
            boolean isEmptied = values.equals("filled_emptied") && turn % 2 == 1;
            long size = isEmptied ? 2 : bytes;
            return new Write(place, content + '/' + size, size, changed < 0 ? size : changed,
                    values.startsWith("scalar"));
        }
    }

    /** One write; equal contents are equal values. */
    record Write(String path, String content, long bytes, long changed, boolean isScalar) {
    }

    WritePattern {
        plane = plane == null ? "governed" : plane;
        grant = grant == null ? List.of() : List.copyOf(grant);
    }

    boolean isGood() {
        return kind.equals("good");
    }

    static List<WritePattern> corpus() {
        try (InputStream file =
                WritePattern.class.getResourceAsStream("/governance/corpus.json")) {
            return new ArrayList<>(HubJson.mapper().readValue(file, CORPUS));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return kind + ": " + name;
    }
}
