package io.adaos.hub.bench.heap;

import java.lang.management.ManagementFactory;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** How many objects of each class are reachable, and how large they are, as the JVM counts them. */
public final class ClassCounts {
    private static final String HISTOGRAM = "gcClassHistogram";
    private static final int COLUMNS = 4;       // number, instances, bytes, class

    private record Count(long instances, long bytes) {
        Count plus(Count other) {
            return new Count(instances + other.instances, bytes + other.bytes);
        }

        Count minus(Count other) {
            return new Count(instances - other.instances, bytes - other.bytes);
        }
    }

    private final Map<String, Count> counts;

    private ClassCounts(Map<String, Count> counts) {
        this.counts = counts;
    }

    /** Counts after a collection. */
    public static ClassCounts now() throws JMException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        String text = (String) server.invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"), HISTOGRAM,
                new Object[] {null}, new String[] {String[].class.getName()});
        Map<String, Count> counts = new HashMap<>();
        for (String line : text.split("\n")) {
            String[] words = line.trim().split("\\s+");
            if (words.length >= COLUMNS && words[0].endsWith(":")) {
                counts.merge(words[3], new Count(
                        Long.parseLong(words[1]), Long.parseLong(words[2])), Count::plus);
            }
        }
        return new ClassCounts(counts);
    }

    /** What came since an earlier count. */
    public ClassCounts since(ClassCounts earlier) {
        Map<String, Count> more = new HashMap<>(counts);
        earlier.counts.forEach((type, count) -> more.computeIfPresent(type,
                (same, now) -> now.minus(count)));
        return new ClassCounts(more);
    }

    /** A line for each class with at least so many bytes a unit, the largest first. */
    public String text(long units, double bytesMin) {
        StringJoiner text = new StringJoiner("\n");
        counts.entrySet().stream()
                .filter(entry -> entry.getValue().bytes() >= bytesMin * units)
                .sorted(Comparator.comparingLong(entry -> -entry.getValue().bytes()))
                .forEach(entry -> text.add(String.format(Locale.ROOT,
                        "  %6.1f B  %5.2f objects  %s",
                        (double) entry.getValue().bytes() / units,
                        (double) entry.getValue().instances() / units, entry.getKey())));
        return text.toString();
    }
}
