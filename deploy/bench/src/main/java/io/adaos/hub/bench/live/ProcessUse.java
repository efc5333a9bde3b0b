package io.adaos.hub.bench.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What a process has used so far, as Linux counts it in {@code /proc}; processor time has steps of
 * 10 ms.
 *
 * @param cpuMicros user and system time of all its threads
 * @param rssMib memory it holds now
 */
public record ProcessUse(long cpuMicros, double rssMib) {
    private static final long MICROS_PER_TICK = 10_000;
    private static final int USER_TIME = 11;
    private static final int SYSTEM_TIME = 12;

    /** Of one process. */
    public static ProcessUse of(long pid) throws IOException {
        Path folder = Path.of("/proc", Long.toString(pid));
        return new ProcessUse(cpuMicros(Files.readString(folder.resolve("stat"))),
                rssMib(Files.readString(folder.resolve("status"))));
    }

    /** Of a process and those it has started, as PostgreSQL does for each connection. */
    public static long cpuMicrosOfTree(long pid) throws IOException {
        long micros = of(pid).cpuMicros();
        try (Stream<ProcessHandle> children = ProcessHandle.of(pid).stream()
                .flatMap(ProcessHandle::descendants)) {
            for (ProcessHandle child : children.toList()) {
                micros += cpuMicrosIfThere(child.pid());
            }
        }
        return micros;
    }

    private static long cpuMicrosIfThere(long pid) {
        try {
            return of(pid).cpuMicros();
        } catch (IOException e) {
            return 0; // ended between the list and the look
        }
    }

    /** The name, in parentheses, may hold blanks: what follows it is counted. */
    static long cpuMicros(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME]))
                * MICROS_PER_TICK;
    }

    static double rssMib(String status) {
        return status.lines().filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D+", "")) / 1024)
                .findFirst().orElse(0);
    }
}
