package io.adaos.hub.bench.boundary;

import java.util.Locale;

/**
 * What one way of writing cost.
 *
 * @param connections each waits for its answer before it writes again
 * @param batch writes in one request
 * @param p50Ms from request to durable answer
 * @param serverMicros processor time of projection-service for each write
 * @param storeMicros that of PostgreSQL
 * @param generatorMicros that of this process
 * @param refused answers that were not 200
 */
record WriteRow(int connections, int batch, double perSecond, double p50Ms, double p99Ms,
        double serverMicros, double storeMicros, double generatorMicros, long refused) {

    static String head() {
        return String.format(Locale.ROOT, "%11s %6s %10s %8s %8s %10s %9s %8s %8s",
                "connections", "batch", "writes/s", "p50 ms", "p99 ms", "server us", "store us",
                "gen us", "refused");
    }

    String text() {
        return String.format(Locale.ROOT, "%11d %6d %10.0f %8.2f %8.2f %10.1f %9.1f %8.1f %8d",
                connections, batch, perSecond, p50Ms, p99Ms, serverMicros, storeMicros,
                generatorMicros, refused);
    }
}
