package io.adaos.hub.bench.boundary;

import com.fasterxml.jackson.databind.JsonNode;
import io.adaos.hub.bench.live.HubHttp;
import io.adaos.hub.bench.live.LiveHub;
import io.adaos.hub.bench.live.ProcessUse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * How large a document has become.
 *
 * @param writes overwrites so far
 * @param encodedBytes what a new client is sent
 * @param liveBytes what a document with the same content and no history has
 * @param heapMib used by the service after a collection
 * @param rssMib memory the service holds
 */
record Growth(long writes, long encodedBytes, long liveBytes, double heapMib, double rssMib) {

    /** @param sizes what the clients found */
    static Growth now(LiveHub hub, long writes, JsonNode sizes)
            throws IOException, InterruptedException {
        long pid = hub.pid("projection-service");
        collect(pid);
        String metrics = new HubHttp(hub.adminToken()).text(hub.projection() + "/metrics");
        return new Growth(writes, sizes.get("encoded").asLong(), sizes.get("live").asLong(),
                heapMib(metrics), ProcessUse.of(pid).rssMib());
    }

    private static void collect(long pid) throws IOException, InterruptedException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Process process = new ProcessBuilder(jcmd, Long.toString(pid), "GC.run")
                .redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IOException("the heap of the service could not be collected: " + said);
        }
    }

    /** The sum of all parts of the heap. */
    static double heapMib(String metrics) throws IOException {
        double bytes = metrics.lines()
                .filter(line -> line.startsWith("jvm_memory_used_bytes{")
                        && line.contains("area=\"heap\""))
                .mapToDouble(line -> Double.parseDouble(
                        line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
        if (bytes == 0) {
            throw new IOException("the service does not tell jvm_memory_used_bytes");
        }
        return bytes / (1 << 20);
    }

    double ratio() {
        return (double) encodedBytes / liveBytes;
    }

    static String head() {
        return String.format(Locale.ROOT, "%12s %12s %12s %7s %9s %9s",
                "overwrites", "encoded B", "live B", "ratio", "heap MiB", "RSS MiB");
    }

    String text() {
        return String.format(Locale.ROOT, "%12d %12d %12d %7.2f %9.1f %9.1f",
                writes, encodedBytes, liveBytes, ratio(), heapMib, rssMib);
    }
}
