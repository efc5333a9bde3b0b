package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.crdt.codec.JsonText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A history of several clients as steps to take.
 *
 * <p>Steps name places by numbers that are taken modulo what is there, so that a script still
 * makes sense when steps are left out.
 *
 * @param mode who authors
 * @param clients client ids at the start
 * @param seed of the orders in which everybody gets everything in the end
 * @param steps {@code edit}, {@code receive}, {@code merge}, {@code sync} and {@code reload}
 */
record FuzzScript(Mode mode, List<Long> clients, long seed, List<Map<String, Object>> steps) {

    /** Who authors, and who has to follow. */
    enum Mode {
        /** Both author the same and must give the same bytes. */
        TWIN,

        /** yjs authors, some of its documents without garbage collection; ours only reads. */
        THEIRS,

        /** Ours authors, yjs reads. */
        OURS
    }

    @SuppressWarnings("unchecked")
    static FuzzScript parse(String line) {
        Map<String, Object> json = (Map<String, Object>) JsonText.parseChecked(line);
        return new FuzzScript(Mode.valueOf((String) json.get("mode")),
                (List<Long>) json.get("clients"), (Long) json.get("seed"),
                (List<Map<String, Object>>) json.get("steps"));
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("mode", mode.name());
        json.put("keepAll", mode == Mode.THEIRS);
        json.put("clients", clients);
        json.put("seed", seed);
        json.put("steps", steps);
        return json;
    }

    /** The script on one line, as it is kept. */
    @Override
    public String toString() {
        return PlainJson.of(toJson());
    }

    FuzzScript withSteps(List<Map<String, Object>> fewer) {
        return new FuzzScript(mode, clients, seed, fewer);
    }

    FuzzScript withClients(List<Long> fewer) {
        return new FuzzScript(mode, fewer, seed, steps);
    }

    /** How many edits there are in all steps. */
    int editCount() {
        int count = 0;
        for (Map<String, Object> step : steps) {
            count += step.get("ops") instanceof List<?> ops ? ops.size() : 0;
        }
        return count;
    }
}
