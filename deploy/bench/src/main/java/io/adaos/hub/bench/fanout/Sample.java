package io.adaos.hub.bench.fanout;

/**
 * One run of a scenario with one server.
 *
 * @param cpuMicros processor time of the server for each delivery or join
 * @param storeMicros the same of its database; 0 when it has none
 * @param p50Ms from the writer's send to the reader's frame, or from connecting to the state
 * @param totalMs until all had the state; of a fan-out how long it ran
 * @param lost deliveries or joins that did not happen
 * @param framesPerWrite frames a reader got for each write; below 1 where writes were gathered
 * @param generatorCpuPct processor time of all generators as a share of one processor
 * @param rssMib memory of the server afterwards
 */
record Sample(double cpuMicros, double storeMicros, double p50Ms, double p99Ms, double totalMs,
        double lost, double framesPerWrite, double generatorCpuPct, double rssMib) {
}
