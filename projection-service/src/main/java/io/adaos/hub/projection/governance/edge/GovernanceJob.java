package io.adaos.hub.projection.governance.edge;

import io.adaos.hub.projection.governance.WriteGovernor;
import io.adaos.hub.projection.governance.evidence.EvidenceLine;
import io.adaos.hub.projection.governance.evidence.Verdict;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Once a second: tells the evidence, sums up the metrics, lets idle owners go. */
@Singleton
class GovernanceJob {

    private static final Logger LOG = Logger.getLogger("io.adaos.hub.governance");

    private final WriteGovernor governor;
    private final SteadyClock clock;
    private final GovernanceMetrics metrics;
    private final NatsEvidencePublisher publisher;

    GovernanceJob(WriteGovernor governor, SteadyClock clock, MeterRegistry registry,
            NatsEvidencePublisher publisher) {
        this.governor = governor;
        this.clock = clock;
        this.publisher = publisher;
        this.metrics = new GovernanceMetrics(governor, registry);
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void run() {
        long now = clock.millis();
        governor.evidence().tell(now).forEach(line -> {
            log(line);
            publisher.publish(line);
        });
        metrics.refresh(now);
        governor.evict(now);
    }

    /** A line of the log is found by its first words; who reads it acts on refusals. */
    private static void log(EvidenceLine line) {
        if (line.verdict().compareTo(Verdict.BLOCKED) >= 0) {
            LOG.warn(line.text());
        } else {
            LOG.info(line.text());
        }
    }
}
