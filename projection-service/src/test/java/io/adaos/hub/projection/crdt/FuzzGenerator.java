package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.crdt.FuzzScript.Mode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;

/** Makes scripts; the same seed gives the same script. */
final class FuzzGenerator {
    private static final int STEPS_MAX = 40;
    private static final int STEPS_MIN = 6;
    private static final int CLIENTS_MAX = 4;

    private final Random random;
    private final FuzzValues values;
    private final Mode mode;

    private FuzzGenerator(long seed) {
        random = new Random(seed * 0x9E3779B97F4A7C15L);
        mode = Mode.values()[(int) Math.floorMod(seed, 3L)];
        values = new FuzzValues(random, mode == Mode.OURS);
    }

    static FuzzScript script(long seed) {
        return new FuzzGenerator(seed).make(seed);
    }

    private FuzzScript make(long seed) {
        TreeSet<Long> ids = new TreeSet<>();
        int count = 2 + random.nextInt(CLIENTS_MAX - 1);
        while (ids.size() < count) {
            ids.add(clientId());
        }
        List<Long> clients = new ArrayList<>(ids);
        Collections.shuffle(clients, random);
        List<Map<String, Object>> steps = new ArrayList<>();
        int focus = random.nextInt(6);
        for (int i = STEPS_MIN + random.nextInt(STEPS_MAX - STEPS_MIN); i > 0; i--) {
            steps.add(step(focus));
        }
        return new FuzzScript(mode, clients, seed & 0xFFFF_FFFFL, steps);
    }

    /** Small ones, those of yjs itself, and the largest there are; 1 is the reader's. */
    private long clientId() {
        return switch (random.nextInt(4)) {
            case 0 -> 2 + random.nextInt(200);
            case 1 -> (1L << 53) - 2 - random.nextInt(1000);
            default -> 2 + (random.nextInt() & 0xFFFF_FFFFL);
        };
    }

    private Map<String, Object> step(int focus) {
        Map<String, Object> step = new LinkedHashMap<>();
        int kind = random.nextInt(20);
        if (kind < 10) {
            step.put("do", "edit");
        } else if (kind < 15) {
            step.put("do", "receive");
        } else if (kind < 17) {
            step.put("do", "merge");
        } else {
            step.put("do", kind < 19 || random.nextInt(3) > 0 ? "sync" : "reload");
        }
        step.put("client", (long) random.nextInt(CLIENTS_MAX));
        switch ((String) step.get("do")) {
            case "edit" -> {
                List<Object> ops = new ArrayList<>();
                for (int i = random.nextInt(4); i >= 0; i -= 2) {
                    ops.add(edit(focus));
                }
                step.put("ops", ops);
            }
            case "merge" -> {
                step.put("pick", number());
                List<Object> picks = new ArrayList<>();
                for (int i = random.nextInt(4); i >= 0; i--) {
                    picks.add(number());
                }
                step.put("picks", picks);
            }
            case "sync" -> {
                step.put("pick", number());
                step.put("from", (long) random.nextInt(CLIENTS_MAX));
            }
            case "reload" -> step.put("id", (1L << 40) + random.nextInt(1_000_000_000));
            default -> step.put("pick", number());
        }
        return step;
    }

    private Object number() {
        return (long) random.nextInt(10_000);
    }

    /** Most edits of a script go to one root, so that they meet each other. */
    private Map<String, Object> edit(int focus) {
        Map<String, Object> op = new LinkedHashMap<>();
        List<Object> at = new ArrayList<>();
        at.add((long) (focus < 4 && random.nextInt(4) > 0 ? focus : random.nextInt(4)));
        for (int i = random.nextInt(4); i > 1; i--) {
            at.add(number());
        }
        op.put("at", at);
        op.put("kind", (long) random.nextInt(10));
        op.put("i", number());
        op.put("n", random.nextInt(3) == 0 ? number() : (Object) (long) random.nextInt(4));
        op.put("key", values.key());
        op.put("values", values.values());
        op.put("text", values.text());
        op.put("attrs", values.format());
        op.put("embed", values.embed());
        return op;
    }
}
