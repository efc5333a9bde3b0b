package io.adaos.hub.bench.fanout;

import java.util.List;

/**
 * One thing that is measured with every server.
 *
 * @param clients how many read, or join
 * @param size writes a second of a fan-out; bytes of the document of a join or storm
 */
record Scenario(Kind kind, int clients, int size, Targets targets) {

    /** What happens in a scenario. */
    enum Kind {
        /** One client writes, many read. */
        FAN,
        /** Clients come one after the other. */
        JOIN,
        /** Clients come all at once. */
        STORM
    }

    /**
     * What our server is to reach against the better rival; {@code NaN} where nothing is set.
     *
     * @param cpuRatio share of its processor time for a delivery or join
     * @param p99Window milliseconds that may be added to its p99
     * @param totalRatio share of its time until all are synced
     */
    record Targets(double cpuRatio, double p99Window, double totalRatio) {
        static final Targets NONE = new Targets(Double.NaN, Double.NaN, Double.NaN);

        /** Of a fan-out. */
        static Targets fan(double cpuRatio, double p99Window) {
            return new Targets(cpuRatio, p99Window, Double.NaN);
        }
    }

    private static final int KILO = 1_000;
    private static final int MEGA = 1_000_000;
    private static final Targets JOINS = new Targets(0.25, Double.NaN, Double.NaN);
    private static final Targets STORMS = new Targets(0.25, Double.NaN, 0.8);

    /** All of them, as they are compared in earnest. */
    static final List<Scenario> FULL = List.of(
            new Scenario(Kind.FAN, 1_000, 20, Targets.fan(0.7, 0)),
            new Scenario(Kind.FAN, 100, 200, Targets.fan(0.45, 20)),
            new Scenario(Kind.FAN, 1_000, 100, Targets.fan(0.45, 20)),
            new Scenario(Kind.JOIN, 100, 10 * KILO, Targets.NONE),
            new Scenario(Kind.JOIN, 20, MEGA, JOINS),
            new Scenario(Kind.JOIN, 5, 10 * MEGA, Targets.NONE),
            new Scenario(Kind.STORM, 500, 97 * KILO, STORMS),
            new Scenario(Kind.STORM, 100, MEGA, STORMS));

    /** Those that show most, for trying something out. */
    static final List<Scenario> QUICK = List.of(
            FULL.get(0), FULL.get(1), FULL.get(2),
            new Scenario(Kind.JOIN, 10, MEGA, JOINS),
            new Scenario(Kind.STORM, 200, 97 * KILO, STORMS));

    /** Its name, such as {@code fan-1000x20} or {@code storm-500x97kB}. */
    String name() {
        return switch (kind) {
            case FAN -> "fan-" + clients + "x" + size;
            case JOIN -> "join-" + bytes();
            case STORM -> "storm-" + clients + "x" + bytes();
        };
    }

    private String bytes() {
        return size >= MEGA ? size / MEGA + "MB" : size / KILO + "kB";
    }
}
