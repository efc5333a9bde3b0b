package io.adaos.hub.projection.governance.edge;

import io.adaos.hub.projection.governance.WriteGovernor;
import io.adaos.hub.projection.governance.evidence.EvidenceLine;
import io.adaos.hub.projection.governance.evidence.Verdict;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Once a second: tells the evidence, sums up the metrics, lets idle owners go. */
@Singleton
final class GovernanceJob {

    private static final Logger LOG = Logger.getLogger("io.adaos.hub.governance");
    private static final long EVERY_MILLIS = 1_000;

    private final WriteGovernor governor;
    private final SteadyClock clock;
    private final GovernanceMetrics metrics;
    private final NatsEvidencePublisher publisher;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(task -> {
                Thread made = new Thread(task, "governance");
                made.setDaemon(true);
                return made;
            });

    GovernanceJob(WriteGovernor governor, SteadyClock clock, MeterRegistry registry,
            NatsEvidencePublisher publisher) {
        this.governor = governor;
        this.clock = clock;
        this.publisher = publisher;
        this.metrics = new GovernanceMetrics(governor, registry);
    }

    void start(@Observes StartupEvent event) {
        timer.scheduleWithFixedDelay(
                this::run, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    void stop(@Observes ShutdownEvent event) {
        timer.shutdown();
    }

    private void run() {
        try {
            long now = clock.millis();
            governor.evidence().tell(now).forEach(line -> {
                log(line);
                publisher.publish(line);
            });
            metrics.refresh(now);
            governor.evict(now);
        } catch (RuntimeException e) {
            // the next second goes on
            LOG.errorf(e, "event=governance_job_failed");
        }
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
