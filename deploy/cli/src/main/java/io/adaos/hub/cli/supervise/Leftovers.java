package io.adaos.hub.cli.supervise;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Processes that a supervisor left behind when it was killed. */
public final class Leftovers {
    private final PidFiles pidFiles;
    private final Consumer<String> events;

    public Leftovers(PidFiles pidFiles, Consumer<String> events) {
        this.pidFiles = pidFiles;
        this.events = events;
    }

    /** Stops those of these names that still run, in the order of their rules. */
    public void stop(Map<String, StopRule> rules) throws IOException {
        Map<Integer, List<Stopping>> groups = new TreeMap<>();
        rules.forEach((name, rule) -> pidFiles.findAlive(name).ifPresent(alive -> groups
                .computeIfAbsent(rule.order(), order -> new ArrayList<>())
                .add(new Stopping(name, LiveProcess.adopted(alive.process()), rule))));
        groups.values().forEach(group -> Stopping.stopAll(group, events));
        for (String name : rules.keySet()) {
            pidFiles.delete(name);
        }
    }
}
